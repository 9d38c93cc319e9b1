// SPDX-License-Identifier: MIT
// What is read again after a crash, from files that anything may have happened to.
#include "fuzz.h"
#include "targets.h"

#include "tests/core/recordjson.h"
#include "tests/core/storesamples.h"

#include "core/platformfile.h"
#include "core/resumestore.h"
#include "core/storepacking.h"
#include "core/userinput.h"

#include <QCryptographicHash>
#include <QThreadPool>

namespace longhaul::fuzz {

using namespace Qt::StringLiterals;
using storeformat::Records;

namespace {

constexpr qsizetype kSumDigits = 16;
constexpr QByteArrayView kFileMark = "\n== "; // then the file's name, a newline and its content
constexpr std::array kFileNames{"downloads.json", "downloads.journal", "downloads.json.1",
                                "downloads.journal.1", "downloads.json.new"};

QList<QByteArray> filesIn(const QByteArray &bytes)
{
    QList<QByteArray> files;
    for (qsizetype at = bytes.indexOf(kFileMark); at >= 0;) {
        const qsizetype begin = at + kFileMark.size();
        at = bytes.indexOf(kFileMark, begin);
        files.append(bytes.mid(begin, at < 0 ? -1 : at - begin));
    }
    return files;
}

QByteArray sumOf(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).left(kSumDigits / 2).toHex();
}

// With the sums made right of the lines that are records in form: no fuzzer finds these by itself.
QByteArray withSums(const QByteArray &text)
{
    const QByteArray start = "{\"sum\":\"";
    QList<QByteArray> all = text.split('\n');
    for (QByteArray &line : all) {
        const qsizetype begin = line.indexOf(start);
        const qsizetype sum = begin + start.size();
        const qsizetype body = sum + kSumDigits + 2; // behind ",
        if (begin < 0 || line.size() <= body)
            continue;
        const qsizetype end = line.endsWith(',') ? line.size() - 1 : line.size();
        line.replace(sum, kSumDigits, sumOf('{' + line.mid(body, end - body)));
    }
    return all.join('\n');
}

// With the last sum made right as well.
QByteArray withSnapshotSum(const QByteArray &text)
{
    const qsizetype sum = text.size() - 3 - kSumDigits;
    const qsizetype cut = sum - 8; // before ,"sum":"
    return cut <= 0 ? text : text.left(sum) + sumOf(text.left(cut)) + text.right(3);
}

// What was read can be written, and is then read as it was.
void requireKept(const Records &records)
{
    for (auto it = records.begin(); it != records.end(); ++it) {
        REQUIRE(!it.key().isEmpty());
        REQUIRE_EQUAL(storeformat::packed(storeformat::unpacked(*it)), *it);
    }
    const storeformat::Loaded again = storeformat::loadSnapshot(storeformat::snapshot(records));
    REQUIRE(again.whole && again.damaged == 0 && again.version == storeformat::kVersion);
    REQUIRE_EQUAL(again.records, records);
}

void checkJournal(const QByteArray &text)
{
    const storeformat::Loaded loaded = storeformat::loadJournal(text);
    REQUIRE(loaded.goodEnd >= 0 && loaded.goodEnd <= text.size());
    REQUIRE(loaded.damaged >= 0 && loaded.damaged <= text.count('\n'));
    requireKept(loaded.records);
    // Replaying it on what it made alters nothing, nor does it to cut off the torn end.
    REQUIRE_EQUAL(storeformat::loadJournal(text, loaded.records).records, loaded.records);
    const storeformat::Loaded cut = storeformat::loadJournal(text.left(loaded.goodEnd));
    REQUIRE_EQUAL(cut.records, loaded.records);
    REQUIRE(cut.goodEnd == loaded.goodEnd);
    // Whatever is there, what is written next is found, and nothing else is lost by it.
    static const QByteArray key = storeKey(storesamples::makeData(1).url);
    static const QByteArray line = storesamples::journalOf(1, 2);
    static const QByteArray removal = storeformat::removalLine(key);
    Records expected = loaded.records;
    expected.insert(key, storeformat::packed(QByteArrayView(line).chopped(1)));
    const QByteArray longer = text.left(loaded.goodEnd) + '\n' + line;
    REQUIRE_EQUAL(storeformat::loadJournal(longer).records, expected);
    expected.remove(key);
    REQUIRE_EQUAL(storeformat::loadJournal(longer + removal).records, expected);
}

void checkSnapshot(const QByteArray &text)
{
    static const Records base = storesamples::makeRecords(1);
    const storeformat::Loaded loaded = storeformat::loadSnapshot(text, base);
    requireKept(loaded.records);
    // What is damaged takes nothing away.
    REQUIRE(loaded.whole || text.contains("\"removed\"") || loaded.records.size() >= base.size());
}

// It opens, can be added to, and the next start finds all of it and nothing to complain of.
void checkStore(const QString &folder)
{
    static QThreadPool threads;
    const ResumeData added = storesamples::makeData(2);
    QList<ResumeData> expected;
    {
        ResumeStore store(folder, threads);
        REQUIRE(store.open() == ResumeStore::OpenResult::Opened);
        for (const QString &notice : store.notices())
            REQUIRE(notice.endsWith(u'.'));
        store.put(added, Durability::Synced);
        expected = store.records();
        store.close();
    }
    ResumeStore store(folder, threads);
    REQUIRE(store.open() == ResumeStore::OpenResult::Opened);
    REQUIRE(store.notices().isEmpty());
    REQUIRE(store.records() == expected);
    REQUIRE(store.find(added.url) == added);
}

} // namespace

void journal(const QByteArray &bytes)
{
    checkJournal(bytes);
    checkJournal(withSums(bytes));
}

void snapshot(const QByteArray &bytes)
{
    checkSnapshot(bytes);
    checkSnapshot(withSnapshotSum(withSums(bytes)));
}

void record(const QByteArray &bytes)
{
    const auto data = resumeDataFromJson(bytes);
    if (!data)
        return;
    const QUrl url = data->url;
    REQUIRE(url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty());
    REQUIRE_EQUAL(normalized(url), url);
    for (const RangeSet *ranges : {&data->received, &data->durable}) {
        qint64 last = -1;
        for (const ByteRange &range : ranges->ranges()) {
            REQUIRE(range.begin > last && !range.isEmpty());
            last = range.end;
        }
        REQUIRE(!data->entity.total || last <= *data->entity.total);
        REQUIRE(ranges->size() >= 0);
    }
    for (const QString &path : {data->targetPath, data->partPath, data->options.folder})
        REQUIRE(path.isEmpty() || platformfile::isAbsolutePath(path));
    REQUIRE(data->partPath.isEmpty() || data->partPath != data->targetPath);
    REQUIRE(data->options.name.isEmpty() || isFileName(data->options.name));
    for (const auto &[name, value] : data->options.headers)
        REQUIRE(!name.isEmpty() && !name.contains(':') && !value.contains('\n') && !value.contains('\r'));
    REQUIRE(data->options.connections.value_or(1) >= 1);
    REQUIRE(data->options.connections.value_or(1) <= kMostConnectionsPerTask);
    REQUIRE(data->options.rateLimit >= 0);
    REQUIRE(!resumableInWords(*data).isEmpty());
    REQUIRE(!shownName(*data).isEmpty());

    const QByteArray written = toJson(*data);
    REQUIRE_EQUAL(recordjson::textOf(recordjson::objectOf(written)), written); // to the byte as Qt writes it
    const auto again = resumeDataFromJson(written);
    REQUIRE(again.has_value());
    REQUIRE_EQUAL(toJson(*again), written);
    REQUIRE(*again == *data);
    // As a line of the journal.
    const storeformat::Loaded loaded = storeformat::loadJournal(storeformat::recordLine(written));
    REQUIRE(loaded.records.size() == 1 && loaded.damaged == 0);
    REQUIRE_EQUAL(storeformat::recordOf(loaded.records.value(storeKey(url))), written);
}

void store(const QByteArray &bytes)
{
    static const storesamples::Folder folder;
    storesamples::Folder::Files asTheyAre;
    storesamples::Folder::Files madeRight;
    for (const QByteArray &part : filesIn('\n' + bytes)) {
        const QList<QByteArray> given = lines(part, 2);
        const auto name = std::find(kFileNames.begin(), kFileNames.end(), given[0]);
        if (name == kFileNames.end())
            continue;
        const QByteArray sums = withSums(given[1]);
        asTheyAre.append({*name, given[1]});
        madeRight.append({*name, given[0].contains("json") ? withSnapshotSum(sums) : sums});
    }
    folder.build(asTheyAre);
    checkStore(folder.name());
    folder.build(madeRight);
    checkStore(folder.name());
}

} // namespace longhaul::fuzz
