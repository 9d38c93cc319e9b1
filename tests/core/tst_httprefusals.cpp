// SPDX-License-Identifier: MIT
// The table "What an answer means" of core/README.md, row by row: answers that bring none, and what is around
// it.
#include "responserows.h"

using namespace longhaul;
using namespace longhaul::verdicttext;
using namespace longhaul::responserows;

class TestHttpRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

void TestHttpRefusals::unsatisfied_data()
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

void TestHttpRefusals::refusals_data()
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

void TestHttpRefusals::busy_data()
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

void TestHttpRefusals::others_data()
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

void TestHttpRefusals::pages_data()
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

void TestHttpRefusals::details()
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

QTEST_GUILESS_MAIN(TestHttpRefusals)
#include "tst_httprefusals.moc"
