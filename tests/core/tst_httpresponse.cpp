// SPDX-License-Identifier: MIT
// The table "What an answer means" of core/README.md, row by row, and what is around it.
#include "verdicttext.h"

#include <QTest>

using namespace longhaul;
using namespace longhaul::verdicttext;

namespace {

QByteArray oldTime() { return "Sat, 05 Nov 1994 08:49:37 GMT"; }
QByteArray otherTime() { return "Sat, 05 Nov 1994 08:49:38 GMT"; }
QByteArray dateNow() { return "Sun, 06 Nov 1994 08:49:37 GMT"; }

// Range from 100 of 300, 100 bytes on disk, with If-Range.
RangeRequest continued()
{
    RangeRequest asked;
    asked.range = {100, ByteRange::kOpenEnd};
    asked.ranged = asked.ifRange = asked.hasBytes = true;
    asked.total = 300;
    asked.validators = {"\"a\"", oldTime(), dateNow()};
    asked.received = 100;
    asked.now = QDateTime(QDate(1994, 11, 6), QTime(8, 49, 37), Qt::UTC);
    return asked;
}

RangeRequest changed(RangeRequest asked, const std::function<void(RangeRequest &)> &change)
{
    change(asked);
    return asked;
}

RangeRequest withoutIfRange()
{
    return changed(continued(), [](auto &asked) { asked.ifRange = false; });
}

RangeRequest again(RangeRequest asked)
{
    asked.secondTry = true;
    return asked;
}

// The whole file is asked for, though bytes of it are on disk.
RangeRequest wholeCopy()
{
    return changed(withoutIfRange(), [](auto &asked) {
        asked.ranged = false;
        asked.range = {0, ByteRange::kOpenEnd};
    });
}

RangeRequest fresh()
{
    RangeRequest asked;
    asked.now = continued().now;
    return asked;
}

RangeRequest binary(RangeRequest asked)
{
    asked.expectsBinary = true;
    return asked;
}

// "Name: value|Name: value"
ResponseHead answer(int status, const QByteArray &fields)
{
    ResponseHead head;
    head.status = status;
    const QList<QByteArray> lines = fields.split('|');
    for (const QByteArray &line : lines) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            head.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    return head;
}

QByteArray sameFields() { return "|ETag: \"a\"|Last-Modified: " + oldTime() + "|Date: " + dateNow(); }
QByteArray from100() { return "Content-Range: bytes 100-299/300|Content-Length: 200"; }

void columns()
{
    QTest::addColumn<RangeRequest>("asked");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("expected");
}

void row(const char *tag, const RangeRequest &asked, int status, const QByteArray &fields,
         const char *expected)
{
    QTest::newRow(tag) << asked << status << fields << QString::fromLatin1(expected);
}

void check()
{
    QFETCH(RangeRequest, asked);
    QFETCH(int, status);
    QFETCH(QByteArray, fields);
    QTEST(textOf(checkResponse(asked, answer(status, fields))), "expected");
}

} // namespace

class TestHttpResponse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parts_data();
    void parts() { check(); }
    void badParts_data();
    void badParts() { check(); }
    void whole_data();
    void whole() { check(); }
    void unsatisfied_data();
    void unsatisfied() { check(); }
    void refusals_data();
    void refusals() { check(); }
    void busy_data();
    void busy() { check(); }
    void others_data();
    void others() { check(); }
    void pages_data();
    void pages() { check(); }
    void details();
};

void TestHttpResponse::parts_data()
{
    columns();
    const RangeRequest plain = withoutIfRange();
    row("206, all as known", continued(), 206, from100() + sameFields(),
        "take 100-300/300 yes partial ranges");
    row("206, total unknown", continued(), 206, "Content-Range: bytes 100-299/*" + sameFields(),
        "take 100-300/300 yes partial ranges");
    row("206, total never known", changed(continued(), [](auto &a) { a.total.reset(); }), 206,
        "Content-Range: bytes 100-299/*" + sameFields(), "take 100-300/? yes partial ranges");
    row("206, total learnt", changed(continued(), [](auto &a) { a.total.reset(); }), 206,
        from100() + sameFields(), "take 100-300/300 yes partial ranges");
    row("206, less than asked", continued(), 206, "Content-Range: bytes 100-149/300" + sameFields(),
        "take 100-150/300 yes partial ranges");
    row("206, no length", continued(), 206, "Content-Range: bytes 100-299/300" + sameFields(),
        "take 100-300/300 yes partial ranges");
    row("206, length given twice", continued(), 206, from100() + "|Content-Length: 200" + sameFields(),
        "take 100-300/300 yes partial ranges");
    // RFC 9112 6.3: Transfer-Encoding overrides Content-Length.
    row("206, chunked and a length", continued(), 206,
        "Content-Range: bytes 100-299/300|Content-Length: 7|Transfer-Encoding: chunked" + sameFields(),
        "take 100-300/300 yes partial ranges");
    row("206, identity", continued(), 206, from100() + "|Content-Encoding: Identity" + sameFields(),
        "take 100-300/300 yes partial ranges");
    row("206, Accept-Ranges: none", continued(), 206, from100() + "|Accept-Ranges: none" + sameFields(),
        "take 100-300/300 yes partial ranges");
    row("206, no validators", plain, 206, from100(), "take 100-300/300 unknown partial ranges");
    row("206, other ETag", plain, 206, from100() + "|ETag: \"b\"|Last-Modified: " + oldTime(),
        "take 100-300/300 unknown partial ranges");
    row("206, other ETag, no date", plain, 206, from100() + "|ETag: \"b\"",
        "take 100-300/300 unknown partial ranges");
    row("206, other date, no ETag", plain, 206, from100() + "|Last-Modified: " + otherTime(),
        "take 100-300/300 unknown partial ranges");
    row("206, both changed", plain, 206, from100() + "|ETag: \"b\"|Last-Modified: " + otherTime(),
        "again unranged");
    row("206, both changed, second try", again(plain), 206,
        from100() + "|ETag: \"b\"|Last-Modified: " + otherTime(), "again unranged");
    row("206, total changed", plain, 206, "Content-Range: bytes 100-299/301" + sameFields(),
        "again unranged");
    row("206, smaller total", plain, 206, "Content-Range: bytes 100-298/299" + sameFields(),
        "again unranged");
    row("206, beyond the known total", plain, 206, "Content-Range: bytes 100-300/*" + sameFields(),
        "again unranged");
    row("206, coded", continued(), 206, from100() + "|Content-Encoding: gzip" + sameFields(),
        "again unranged");
    row("206 to no Range, from 0", fresh(), 206, "Content-Range: bytes 0-9/10",
        "take 0-10/10 unknown partial ranges");
    row("206 to no Range, a piece", fresh(), 206, "Content-Range: bytes 0-4/10",
        "take 0-5/10 unknown partial ranges");
    row("206 to no Range, coded", fresh(), 206, "Content-Range: bytes 0-9/10|Content-Encoding: br",
        "error 4003 HTTP 206");
}

void TestHttpResponse::badParts_data()
{
    columns();
    const std::pair<const char *, QByteArray> cases[] = {
        {"no Content-Range", "Content-Length: 200" + sameFields()},
        {"malformed Content-Range", "Content-Range: bytes 100-/300" + sameFields()},
        {"two Content-Ranges", from100() + "|Content-Range: bytes 100-299/300" + sameFields()},
        {"starts before", "Content-Range: bytes 99-299/300" + sameFields()},
        {"starts behind", "Content-Range: bytes 101-299/300" + sameFields()},
        {"starts at 0", "Content-Range: bytes 0-299/300" + sameFields()},
        {"multipart", "Content-Type: multipart/byteranges; boundary=x" + sameFields()},
        {"multipart with Content-Range",
         from100() + "|Content-Type: Multipart/ByteRanges;boundary=x" + sameFields()},
        {"length too small", "Content-Range: bytes 100-299/300|Content-Length: 199" + sameFields()},
        {"length too large", "Content-Range: bytes 100-299/300|Content-Length: 201" + sameFields()},
        {"length of the whole", "Content-Range: bytes 100-299/300|Content-Length: 300" + sameFields()},
        {"lengths at odds", from100() + "|Content-Length: 201" + sameFields()},
        {"length malformed", "Content-Range: bytes 100-299/300|Content-Length: -1" + sameFields()},
    };
    for (const auto &[name, fields] : cases) {
        const QByteArray tag = name;
        row((tag + ": once more").constData(), continued(), 206, fields, "again the same");
        row((tag + ": then unranged").constData(), again(continued()), 206, fields, "again unranged");
    }
    const QByteArray middle = "Content-Range: bytes 5-9/10";
    row("to no Range: once more", fresh(), 206, middle, "again the same");
    row("to no Range: then an error", again(fresh()), 206, middle, "error 4003 HTTP 206");
}

void TestHttpResponse::whole_data()
{
    columns();
    const QByteArray body = "Content-Length: 300";
    row("200, fresh", fresh(), 200, body, "take 0-300/300 unknown");
    for (const int status : {201, 203, 209, 299}) { // RFC 9110 15: as 200
        const QByteArray tag = QByteArray::number(status);
        row((tag + ", fresh").constData(), fresh(), status, body, "take 0-300/300 unknown");
        row((tag + " after If-Range").constData(), continued(), status, body + sameFields(),
            "again without If-Range");
    }
    row("200, ranges told", fresh(), 200, body + "|Accept-Ranges: Bytes", "take 0-300/300 unknown ranges");
    row("200, ranges denied", fresh(), 200, body + "|Accept-Ranges: none", "take 0-300/300 unknown");
    row("200, no length", fresh(), 200, "", "take 0-?/? unknown");
    row("200, chunked and a length", fresh(), 200, body + "|Transfer-Encoding: chunked",
        "take 0-?/? unknown");
    row("200, empty file", fresh(), 200, "Content-Length: 0", "take 0-0/0 unknown");
    row("200, coded", fresh(), 200, body + "|Content-Encoding: gzip|Accept-Ranges: bytes",
        "take 0-300/300 unknown encoded");
    row("200, unknown coding", fresh(), 200, "Content-Encoding: aes128gcm", "take 0-?/? unknown encoded");
    row("200, length malformed", fresh(), 200, "Content-Length: 3OO", "error 4008 HTTP 200");
    row("200, length empty", fresh(), 200, "Content-Length:", "error 4008 HTTP 200");
    row("200, lengths at odds", fresh(), 200, body + "|Content-Length: 301", "error 4008 HTTP 200");
    row("200, length given twice", fresh(), 200, body + "|Content-Length: 300", "take 0-300/300 unknown");

    row("200 after If-Range", continued(), 200, body + sameFields(), "again without If-Range");
    row("200 after If-Range, nothing told", continued(), 200, "", "again without If-Range");
    row("200 after If-Range, one changed", continued(), 200, body + "|ETag: \"b\"", "again without If-Range");
    row("200 after If-Range, both changed", continued(), 200,
        body + "|ETag: \"b\"|Last-Modified: " + otherTime(), "take 0-300/300 no");
    row("200 after If-Range, larger", continued(), 200, "Content-Length: 301" + sameFields(),
        "take 0-301/301 no");
    // A strong ETag that is the same, and fewer bytes: something on the way has cut it.
    const QByteArray shrunk = "Content-Length: 299" + sameFields();
    row("200 after If-Range, smaller", continued(), 200, shrunk, "again the same");
    row("200 after If-Range, smaller, again", again(continued()), 200, shrunk, "again unranged");
    row("200, smaller", wholeCopy(), 200, shrunk, "take 0-299/299 no shrunk");
    row("200, smaller, another ETag", wholeCopy(), 200, "Content-Length: 299|ETag: \"b\"",
        "take 0-299/299 no");
    row("200 after If-Range, coded", continued(), 200,
        "Content-Length: 99|Content-Encoding: gzip" + sameFields(), "take 0-99/99 yes encoded");
    row("200 to a plain Range", withoutIfRange(), 200, body + sameFields(), "take 0-300/300 yes");
    row("200 to a plain Range, one changed", withoutIfRange(), 200, body + "|ETag: \"b\"",
        "take 0-300/300 unknown");
    row("200 to a plain Range, other size", withoutIfRange(), 200, "Content-Length: 301" + sameFields(),
        "take 0-301/301 no");
    // All of the file, or a part of it? It cannot be both.
    row("200 with a Content-Range", continued(), 200, from100() + sameFields(), "again the same");
    row("200 with a Content-Range again", again(continued()), 200, from100() + sameFields(),
        "again unranged");
    row("200 with a Content-Range, fresh", fresh(), 200, body + "|Content-Range: x",
        "take 0-300/300 unknown");
    row("200, whole copy asked", wholeCopy(), 200, body + sameFields(), "take 0-300/300 yes");
    row("200, empty, bytes are there", withoutIfRange(), 200, "Content-Length: 0" + sameFields(),
        "error 4007 HTTP 200");
    row("200, empty after If-Range", continued(), 200, "Content-Length: 0", "error 4007 HTTP 200");
    row("200, length malformed, bytes are there", continued(), 200, "Content-Length: 1,2",
        "error 4008 HTTP 200");
}

void TestHttpResponse::unsatisfied_data()
{
    columns();
    const RangeRequest all = changed(continued(), [](auto &a) { a.received = 300; });
    const RangeRequest open = changed(all, [](auto &a) { a.total.reset(); });
    const RangeRequest holes = changed(open, [](auto &a) { a.received = -1; });
    row("all is there", all, 416, "Content-Range: bytes */300", "complete 300");
    row("all is there, total unknown", open, 416, "Content-Range: bytes */300", "complete 300");
    row("more than there is", all, 416, "Content-Range: bytes */299", "again unranged");
    row("less than there is", all, 416, "Content-Range: bytes */301", "again unranged");
    row("as there is, not as known", changed(all, [](auto &a) { a.total = 400; }), 416,
        "Content-Range: bytes */300", "again unranged");
    row("as known, not as there is", continued(), 416, "Content-Range: bytes */300", "again unranged");
    row("with holes", holes, 416, "Content-Range: bytes */300", "again unranged");
    row("no total", all, 416, "Content-Range: bytes */*", "again unranged");
    row("no Content-Range", all, 416, "", "again unranged");
    row("a range", all, 416, "Content-Range: bytes 0-299/300", "again unranged");
    row("416 to no Range", wholeCopy(), 416, "Content-Range: bytes */100", "error 3006 HTTP 416");
    row("412", continued(), 412, "", "again unranged");
    row("412 to no Range", fresh(), 412, "", "error 3006 HTTP 412");
}

void TestHttpResponse::refusals_data()
{
    columns();
    const RangeRequest redirected = changed(fresh(), [](auto &a) { a.redirected = true; });
    for (const int status : {401, 403, 404, 410}) {
        const QByteArray tag = QByteArray::number(status);
        const QByteArray expired = "error 3005 HTTP " + tag;
        const QByteArray first = (status < 404 ? "error 3001 HTTP " : "error 3002 HTTP ") + tag;
        row((tag + ", fresh").constData(), fresh(), status, "", first.constData());
        row((tag + ", fresh, second try").constData(), again(fresh()), status, "", first.constData());
        row((tag + ", redirected").constData(), redirected, status, "", "again the same");
        row((tag + ", redirected, second try").constData(), again(redirected), status, "",
            expired.constData());
        row((tag + ", begun").constData(), continued(), status, "", "again the same");
        // It may be the range that is refused.
        row((tag + ", begun, second try").constData(), again(continued()), status, "", "again unranged");
        row((tag + ", whole copy").constData(), wholeCopy(), status, "", "again the same");
        row((tag + ", whole copy, second try").constData(), again(wholeCopy()), status, "",
            expired.constData());
    }
}

void TestHttpResponse::busy_data()
{
    columns();
    for (const int status : {202, 408, 425, 429, 503}) {
        const QByteArray tag = QByteArray::number(status);
        const QByteArray expected = "error 3003 HTTP " + tag;
        row(tag.constData(), fresh(), status, "", expected.constData());
        row((tag + ", begun").constData(), again(continued()), status, "", expected.constData());
        row((tag + ", seconds").constData(), continued(), status, "Retry-After: 120",
            (expected + " after 120").constData());
    }
    for (const int status : {500, 502, 504, 505, 507, 511, 520, 599, 999}) {
        const QByteArray tag = QByteArray::number(status);
        row(tag.constData(), continued(), status, "", ("error 3004 HTTP " + tag).constData());
    }
    row("501 to a Range", continued(), 501, "Retry-After: 5", "again unranged");
    row("501", fresh(), 501, "", "error 3004 HTTP 501");
    row("500, seconds", fresh(), 500, "Retry-After: 5", "error 3004 HTTP 500 after 5");
    row("a date", fresh(), 503, "Retry-After: Sun, 06 Nov 1994 08:51:37 GMT",
        "error 3003 HTTP 503 after 120");
    row("a date gone by", fresh(), 503, "retry-after: " + oldTime(), "error 3003 HTTP 503 after 0");
}

void TestHttpResponse::others_data()
{
    columns();
    for (const int status : {400, 402, 405, 406, 411, 413, 414, 417, 418, 431}) {
        const QByteArray tag = QByteArray::number(status);
        row((tag + " to a Range").constData(), continued(), status, "", "again unranged");
        row((tag + " to a whole copy").constData(), wholeCopy(), status, "",
            ("error 3006 HTTP " + tag).constData());
        row((tag + ", fresh").constData(), fresh(), status, "", ("error 3006 HTTP " + tag).constData());
    }
    row("451", continued(), 451, "", "error 3001 HTTP 451");
    row("451, fresh", fresh(), 451, "", "error 3001 HTTP 451");
    row("407", continued(), 407, "", "error 2008 HTTP 407");
    for (const int status : {204, 205, 207, 208, 226, 304}) {
        const QByteArray tag = QByteArray::number(status);
        row(tag.constData(), continued(), status, "Content-Length: 5",
            ("error 3006 HTTP " + tag).constData());
    }
    for (const int status :
         {300, 301, 302, 303, 305, 307, 308, 399}) { // with a Location they never come here
        const QByteArray tag = QByteArray::number(status);
        row(tag.constData(), continued(), status, "", ("error 3009 HTTP " + tag).constData());
    }
    for (const int status : {-1, 0, 99, 100, 101, 103, 199}) {
        const QByteArray tag = QByteArray::number(status);
        row(tag.constData(), fresh(), status, "", ("error 3010 HTTP " + tag).constData());
    }
}

void TestHttpResponse::pages_data()
{
    columns();
    const QByteArray html = "|Content-Type: text/HTML; charset=utf-8";
    const QByteArray body = "Content-Length: 300";
    row("200", binary(fresh()), 200, body + html, "error 4005 HTTP 200");
    row("200, XHTML", binary(fresh()), 200, body + "|Content-Type: application/xhtml+xml",
        "error 4005 HTTP 200");
    row("200, a page is wanted", fresh(), 200, body + html, "take 0-300/300 unknown");
    row("200, attachment", binary(fresh()), 200,
        body + html + "|Content-Disposition: Attachment; filename=a.zip", "take 0-300/300 unknown");
    row("200, inline", binary(fresh()), 200,
        body + html + "|Content-Disposition: inline; filename=attachment", "error 4005 HTTP 200");
    row("200, other text", binary(fresh()), 200, body + "|Content-Type: text/plain",
        "take 0-300/300 unknown");
    row("200, no type", binary(fresh()), 200, body, "take 0-300/300 unknown");
    row("200 after If-Range", binary(continued()), 200, body + html + sameFields(), "error 4005 HTTP 200");
    row("200, coded", binary(fresh()), 200, body + html + "|Content-Encoding: gzip", "error 4005 HTTP 200");
    row("206", binary(continued()), 206, from100() + html + sameFields(), "error 4005 HTTP 206");
    row("206, bad besides", binary(continued()), 206, "Content-Range: x" + html, "error 4005 HTTP 206");
    row("503 is no page", binary(fresh()), 503, html, "error 3003 HTTP 503");
}

void TestHttpResponse::details()
{
    const auto verdict = checkResponse(
        fresh(), answer(200, "content-length: 5|Content-Type:  Application/ZIP ; x=\"a;b\"|ETag:  W/\"e\" |"
                             "Content-Disposition: attachment; filename=a.zip|Last-Modified: "
                                 + oldTime() + "|Date: " + dateNow()));
    const auto *accepted = std::get_if<Accepted>(&verdict);
    QVERIFY(accepted);
    QCOMPARE(accepted->mediaType, QByteArray("application/zip"));
    QCOMPARE(accepted->disposition, QByteArray("attachment; filename=a.zip"));
    QVERIFY(accepted->validators == (Validators{"W/\"e\"", oldTime(), dateNow()}));
}

QTEST_GUILESS_MAIN(TestHttpResponse)
#include "tst_httpresponse.moc"
