// SPDX-License-Identifier: MIT
#include "recordjson.h"

#include "core/resumedata.h"

#include <QTest>

using namespace longhaul;
using namespace Qt::StringLiterals;
using recordjson::objectOf;

namespace {

constexpr qint64 kHuge = (qint64(1) << 53) + 1; // no double holds it

QByteArray everyByteOf(int from, int to)
{
    QByteArray bytes;
    for (int b = from; b <= to; ++b)
        bytes.append(char(b));
    return bytes;
}

RangeSet rangeSet(std::initializer_list<ByteRange> ranges)
{
    RangeSet set;
    for (const ByteRange &range : ranges)
        set.add(range);
    return set;
}

// Every field has a value.
ResumeData fullData()
{
    ResumeData data;
    data.url = QUrl(u"https://user:p%40ss@h.example/a%20b/\u00fc?q=1&r=%2F"_s);
    data.earlierUrls = {QUrl(u"http://old.example/x#part"_s), QUrl(u"ftp://older.example/y"_s)};
    data.entity.finalUrl = QUrl(u"https://cdn.example/f?sig=abc%2B"_s);
    data.entity.total = kHuge + 10;
    data.entity.validators = {"\"" + everyByteOf(0x80, 0xff) + "\"", "Tue, 15 Nov 1994 12:45:26 GMT",
                              "Tue, 15 Nov 1994 13:45:26 GMT"};
    data.entity.mediaType = "application/zip";
    data.entity.ranges = true;
    data.options.folder = u"/home/x/Lädchen"_s;
    data.options.name = u"файл \U0001F600.zip"_s;
    data.options.headers = {
        {"Authorization", "Basic c2VjcmV0"}, {"X-Odd", everyByteOf(0x80, 0xff)}, {"X-Empty", ""}};
    data.options.digest = ExpectedDigest{DigestAlgorithm::Sha1, QByteArray(20, '\x5a')};
    data.options.conflict = ConflictPolicy::Overwrite;
    data.options.allowMetered = false;
    data.options.connections = 16;
    data.options.rateLimit = kHuge;
    data.options.priority = Priority::Low;
    data.unseen = true;
    data.place = -kHuge;
    data.targetPath = u"/home/x/f.zip"_s;
    data.partPath = u"/home/x/f.zip.part"_s;
    data.received = rangeSet({{0, 5}, {kHuge, kHuge + 7}});
    data.durable = rangeSet({{0, 4}});
    data.doubtful = rangeSet({{2, 4}});
    data.twice = true;
    data.partStamp = "12 34 56.78";
    data.entity.digest =
        FoundDigest{*ExpectedDigest::parse(u"md5:"_s + QString(32, u'a')), DigestSource::GoogHash};
    data.bootId = u"boot-1"_s;
    data.state = TaskState::Running;
    data.error = Error{ErrorCode::ServerBusy, 503, u"try later\n\"quoted\""_s, {}};
    data.added = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    data.completed = QDateTime::fromMSecsSinceEpoch(1'700'000'001'007, Qt::UTC);
    data.unknown = {{u"fromTheFuture"_s, QJsonObject{{u"n"_s, kHuge}}}, {u"zeta"_s, true}};
    return data;
}

// Written with ' for ", which moc and the eye find easier.
std::optional<ResumeData> fromText(QByteArray text) { return resumeDataFromJson(text.replace('\'', '"')); }

// A record that is good but for `fields`.
std::optional<ResumeData> recordWith(const QByteArray &fields)
{
    return fromText("{'url':'http://h/f','part':'/d/f.part','state':'running'," + fields + "}");
}

} // namespace

class TestResumeData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip()
    {
        const ResumeData data = fullData();
        const auto back = resumeDataFromJson(toJson(data));
        QVERIFY(back);
        QCOMPARE(back->entity.total, data.entity.total);
        QCOMPARE(back->entity.validators.etag, data.entity.validators.etag);
        QCOMPARE(back->options.headers, data.options.headers);
        QCOMPARE(back->received, data.received);
        QCOMPARE(back->added, data.added);
        QCOMPARE(back->unknown, data.unknown);
        QVERIFY(*back == data);
        QCOMPARE(toJson(*back), toJson(data));

        ResumeData bare;
        bare.url = QUrl(u"http://h/"_s);
        QVERIFY(resumeDataFromJson(toJson(bare)) == bare);
        QVERIFY(bare.isFresh());
    }

    // Nothing of it is believed before it is proved, whatever the record says.
    void foreignFile()
    {
        const QByteArray fields =
            "'foreign':'/d/f.crdownload','received':[[0,9]],'durable':[[0,9]],'total':9,"
            "'target':'/d/f','doubtful':[[0,9]],'options':{'folder':'/d','name':'f'}";
        const auto data = recordWith(fields);
        QCOMPARE(data->foreignPath, u"/d/f.crdownload"_s);
        QVERIFY(data->received.isEmpty() && data->durable.isEmpty() && data->doubtful.isEmpty());
        QVERIFY(resumeDataFromJson(toJson(*data)) == data);
        for (const QByteArray bad :
             {"'foreign':'relative','options':{'folder':'/d','name':'f'}",
              "'foreign':7,'options':{'folder':'/d','name':'f'}",
              "'foreign':'/d/x','options':{'folder':'/d','name':'../f'}",
              "'foreign':'/d/x','options':{'folder':'d','name':'f'}", "'foreign':'/d/x'"})
            QVERIFY2(recordWith(bad)->foreignPath.isEmpty(), bad.constData());
    }

    void validatorsKeepEveryByte()
    {
        const auto etag = [](const QByteArray &text) {
            return recordWith("'etag':" + text)->entity.validators.etag;
        };
        QCOMPARE(etag("'\\\"a\\\\\\\"'"), QByteArray("\"a\\\""));
        QCOMPARE(etag("'\xc3\xa4'"), QByteArray("\xe4"));
        QCOMPARE(etag("'\\u00e4'"), QByteArray("\xe4"));
        QCOMPARE(etag("'a\\tb'"), QByteArray("a\tb"));
        for (const QByteArray bad : {"'a\\nb'", "'a\\ud800'", "'\\u0100'", "'\x7f'", "7"})
            QVERIFY2(etag(bad).isEmpty(), bad.constData());
        QVERIFY(recordWith("'options':{'headers':[['A','b\\ud800']]}")->options.headers.isEmpty());
    }

    // Of other versions, among those that are known, as Qt writes them.
    void unknownFieldsAreKept()
    {
        const auto data = recordWith("'zeta':[1.5,{'x':null}],'aaa':'\\u0001','p':true");
        QCOMPARE(data->unknown.size(), 3);
        const QByteArray json = toJson(*data);
        QCOMPARE(recordjson::textOf(objectOf(json)), json);
        QVERIFY(resumeDataFromJson(json) == data);
    }

    void foundDigest()
    {
        const QByteArray digits(32, 'a');
        QVERIFY(recordWith("'digest':['Digest','md5:" + digits + "']")->entity.digest);
        for (const QByteArray &bad :
             {"'digest':['Other','md5:" + digits + "']", QByteArray("'digest':['Digest','md5:aa']"),
              QByteArray("'digest':'md5'"), QByteArray("'digest':[]")})
            QVERIFY2(!recordWith(bad)->entity.digest, bad.constData());
    }

    void shownNames()
    {
        ResumeData data;
        data.url = QUrl(u"http://h.example/"_s);
        QCOMPARE(shownName(data), u"h.example"_s);
        data.url = QUrl(u"http://h.example/a/b%20c.zip?q=1"_s);
        QCOMPARE(shownName(data), u"b c.zip"_s);
        data.options.name = u"mine.zip"_s;
        QCOMPARE(shownName(data), u"mine.zip"_s);
        data.targetPath = u"/d/mine (2).zip"_s;
        QCOMPARE(shownName(data), u"mine (2).zip"_s);
    }

    void anotherAddress()
    {
        ResumeData data = fullData();
        const QUrl old = data.url;
        readdress(&data, QUrl(u"https://h.example:443/other#x"_s)); // the same origin
        QCOMPARE(QUrl(data.url), QUrl(u"https://h.example/other"_s));
        QCOMPARE(data.earlierUrls.last(), old);
        QCOMPARE(data.options.headers.size(), 3);
        QVERIFY(headersFor(data, QUrl(u"http://h.example/other"_s)).isEmpty());
        readdress(&data, QUrl(u"https://i.example/other"_s));
        QVERIFY(data.options.headers.isEmpty());
        QCOMPARE(data.earlierUrls.size(), 4);
    }

    void namesAreStable()
    {
        const QStringList names{u"added"_s,        u"bootId"_s,    u"completed"_s, u"date"_s,
                                u"digest"_s,       u"doubtful"_s,  u"durable"_s,   u"earlierUrls"_s,
                                u"error"_s,        u"etag"_s,      u"finalUrl"_s,  u"fromTheFuture"_s,
                                u"lastModified"_s, u"mediaType"_s, u"options"_s,   u"part"_s,
                                u"place"_s,        u"ranges"_s,    u"received"_s,  u"stamp"_s,
                                u"state"_s,        u"target"_s,    u"total"_s,     u"twice"_s,
                                u"unseen"_s,       u"url"_s,       u"zeta"_s};
        const QJsonObject object = objectOf(toJson(fullData()));
        QCOMPARE(object.keys(), names);
        QCOMPARE(object.value(u"added"_s).toString(), u"2023-11-14T22:13:20.123Z"_s);
        QCOMPARE(object.value(u"error"_s).toObject().keys(),
                 (QStringList{u"code"_s, u"detail"_s, u"httpStatus"_s}));
        QCOMPARE(object.value(u"options"_s).toObject().keys(),
                 (QStringList{u"allowMetered"_s, u"checksum"_s, u"conflict"_s, u"connections"_s, u"folder"_s,
                              u"headers"_s, u"name"_s, u"priority"_s, u"rateLimit"_s}));
    }

    // A name of the store's lines, or of a known field, cannot come back through `unknown`.
    void unknownNeverHidesKnown()
    {
        ResumeData data;
        data.url = QUrl(u"http://h/"_s);
        data.unknown = {
            {u"removed"_s, true}, {u"sum"_s, u"x"_s}, {u"total"_s, 5}, {u"url"_s, u"http://evil/"_s}};
        QCOMPARE(objectOf(toJson(data)).keys(), (QStringList{u"state"_s, u"url"_s}));
        QCOMPARE(objectOf(toJson(data)).value(u"url"_s).toString(), u"http://h/"_s);
    }

    void everyStateStays()
    {
        for (const TaskState state : {TaskState::Queued, TaskState::Running, TaskState::Waiting,
                                      TaskState::Verifying, TaskState::Paused, TaskState::Completed}) {
            const auto data = recordWith("\"state\":\"" + stateName(state).toUtf8() + '"');
            QVERIFY(data);
            QCOMPARE(data->state, state);
        }
        QCOMPARE(recordWith("'state':'dancing'")->state, TaskState::Paused);
        QCOMPARE(recordWith("'state':7")->state, TaskState::Paused);
        QVERIFY(recordWith("'state':'failed'")->error == (Error{ErrorCode::Interrupted, 0, {}, {}}));
        QVERIFY(!recordWith("'error':{'code':77777}")->error);
    }

    void badUrlGivesNothing()
    {
        for (const char *url :
             {"", "\"\"", "5", "null", "\"/relative\"", "\"http:///x\"", "\"http://h:99999/\"",
              "\"h.example/x\"", "\"http://a b/\"", "{}", "[\"http://h/\"]"})
            QVERIFY2(!fromText(QByteArray("{'state':'queued','url':") + url + '}'), url);
        QVERIFY(!fromText("{'state':'queued'}"));
        QVERIFY(!resumeDataFromJson({}));
    }

    void hostileRanges()
    {
        const auto received = [](const QByteArray &value, const QByteArray &more = {}) {
            return recordWith("'received':" + value + more)->received;
        };
        QCOMPARE(received("[[0,5],[3,9],[9,10],[20,21]]"), rangeSet({{0, 10}, {20, 21}}));
        QCOMPARE(received("[[20,21],[0,5]]"), rangeSet({{0, 5}, {20, 21}}));
        QCOMPARE(received("[[-5,5],[7,3],[4,4],[6,7]]"), rangeSet({{6, 7}}));
        QCOMPARE(received("[['0','5'],[0],[0,1,2],5,{},null,[0.5,9],[true,9],[8,9]]"), rangeSet({{8, 9}}));
        QCOMPARE(received("[[0,100],[150,160]]", ",'total':40"), rangeSet({{0, 40}}));
        QCOMPARE(received("[[0,9223372036854775807]]", ",'total':9007199254740993"), rangeSet({{0, kHuge}}));
        QCOMPARE(received("[[0,9223372036854775808]]"), RangeSet());
        QCOMPARE(received("[[0,5]]", ",'total':-3"), rangeSet({{0, 5}}));
        QCOMPARE(received("[[0,5]]", ",'total':'3'"), rangeSet({{0, 5}}));
        QCOMPARE(received("\"all\""), RangeSet());
        // Durable counts on another boot: it is limited by the total, not by what this boot received.
        const auto data = recordWith("'received':[[0,5]],'durable':[[0,3],[8,99]],'total':10,'bootId':'b'");
        QCOMPARE(data->durable, rangeSet({{0, 3}, {8, 10}}));
        QCOMPARE(data->trusted(u"b"_s), data->received);
        QCOMPARE(data->trusted(u"c"_s), data->durable);
        QCOMPARE(recordWith("'received':[[0,5]]")->trusted(QString()), RangeSet());

        QByteArray many = "[";
        for (int i = 200'000; i > 0; --i)
            many += '[' + QByteArray::number(2 * i) + ',' + QByteArray::number(2 * i + 1) + "],";
        QVERIFY(!received(many + "[0,1]]").isEmpty());
    }

    // QUrl keeps what it is given in several forms, and writes one.
    void addressesAreAsTheyAreWritten()
    {
        const auto data = recordWith("'earlierUrls':['http://e/#a#b','http://e/\\uFDE7']");
        QCOMPARE(data->earlierUrls.size(), 2);
        QVERIFY(resumeDataFromJson(toJson(*data)) == data);
    }

    void encodedHasNothingToContinue()
    {
        const auto data = recordWith("'encoded':true,'received':[[0,5]],'durable':[[0,5]],'ranges':true");
        QVERIFY(data->entity.encoded && data->received.isEmpty() && data->durable.isEmpty());
        QCOMPARE(recordWith("'encoded':true,'received':[[0,5]],'state':'verifying'")->received,
                 rangeSet({{0, 5}}));
        QVERIFY(fromText("{'url':'http://h/f','part':'f.part','received':[[0,5]]}")->received.isEmpty());
    }

    // A completed download that is resumed is Queued for a moment, in which the program may be killed.
    void finishedAndAskedForAgain()
    {
        const auto data = [](const QByteArray &received) {
            return fromText("{'url':'http://h/f','state':'queued','target':'/d/f','total':5,'encoded':true,"
                            "'durable':[[0,5]],'received':"
                            + received + '}');
        };
        QCOMPARE(data("[[0,5]]")->received, rangeSet({{0, 5}}));
        QCOMPARE(data("[[0,5]]")->durable, rangeSet({{0, 5}}));
        QVERIFY(data("[[0,4]]")->received.isEmpty() && data("[[0,4]]")->durable.isEmpty());
        QVERIFY(data("[]")->received.isEmpty() && data("[]")->durable.isEmpty());
    }

    void hostileFields()
    {
        for (const char *path : {"'a/b'", "''", "':/r/x'", "'../x'", "'/a\\u0000b'", "5", "{}"}) {
            const auto data = fromText("{'url':'http://h/f','target':" + QByteArray(path) + ",'part':" + path
                                       + ",'options':{'folder':" + path + "}}");
            QVERIFY(data);
            QVERIFY2(data->targetPath.isEmpty() && data->partPath.isEmpty() && data->options.folder.isEmpty(),
                     path);
        }
        for (const char *path : {"'/'", "'/d/'", "'/d/.'", "'/d/..'"}) { // folders, never files
            const auto data =
                fromText("{'url':'http://h/f','target':" + QByteArray(path) + ",'part':" + path + '}');
            QVERIFY2(data->targetPath.isEmpty() && data->partPath.isEmpty(), path);
        }
        for (const char *name : {"'a/b'", "'..'", "'.'", "'a\\u0000'", "7"})
            QVERIFY2(recordWith("'options':{'name':" + QByteArray(name) + '}')->options.name.isEmpty(), name);
        // Removing the part would remove the finished file.
        const auto same = fromText("{'url':'http://h/f','target':'/d/f','part':'/d/f'}");
        QVERIFY(same->partPath.isEmpty() && !same->targetPath.isEmpty());

        const auto data = recordWith(
            "'options':{'headers':[['A','x\\r\\nB: y'],['A\\r\\n','x'],['A "
            "b','x'],['','x'],['C',5],['D'],['E','\\u0100'],['F','ok'],7],'checksum':'sha-256:zz',"
            "'conflict':'burn'},'etag':'\\'x\\r\\ny\\'','lastModified':9,'mediaType':{},'ranges':'"
            "yes','encoded':1,'finalUrl':'nowhere','earlierUrls':['http://e/"
            "',3,'x','','http://e/\\ud801'],'total':1.5,'error':'bad','added':'yesterday','bootId':4");
        QVERIFY(data);
        QCOMPARE(data->options.headers, (HeaderList{{"F", "ok"}}));
        QVERIFY(!data->options.digest && !data->options.conflict && !data->error && !data->added.isValid());
        QCOMPARE(data->earlierUrls, QList<QUrl>{QUrl(u"http://e/"_s)});
        QVERIFY(data->entity == Entity());
        QVERIFY(!recordWith("'total':1e300")->entity.total);
        // Qt refuses the whole text or reads it as no whole number.
        const auto infinite = fromText("{'url':'http://h/','total':1e400}");
        QVERIFY(!infinite || !infinite->entity.total);
        QVERIFY(!fromText(QByteArray("{'url':'http://h/','x':") + QByteArray(10'000, '[')
                          + QByteArray(10'000, ']') + '}'));
    }

    void inWords()
    {
        ResumeData data;
        data.url = QUrl(u"http://h/"_s);
        QCOMPARE(resumableInWords(data), u"no: nothing is there yet"_s);
        data.partPath = u"/d/p"_s;
        data.received = rangeSet({{0, 5}});
        QVERIFY(resumableInWords(data).startsWith("not known: "_L1));
        data.entity.ranges = true;
        QCOMPARE(resumableInWords(data), u"yes: after comparing some bytes again"_s);
        data.entity.validators.etag = "W/\"weak\"";
        QCOMPARE(resumableInWords(data), u"yes: after comparing some bytes again"_s);
        data.entity.validators.etag = "\"strong\"";
        QCOMPARE(resumableInWords(data), u"yes: the server vouches for the bytes"_s);
        data.entity.encoded = true;
        QVERIFY(resumableInWords(data).startsWith("no: "_L1));
        data.state = TaskState::Completed;
        QCOMPARE(resumableInWords(data), u"no: the file is complete"_s);
    }

    void bootId()
    {
        QVERIFY(!currentBootId().isEmpty());
        QCOMPARE(currentBootId(), currentBootId());
    }
};

QTEST_GUILESS_MAIN(TestResumeData)
#include "tst_resumedata.moc"
