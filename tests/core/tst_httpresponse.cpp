// SPDX-License-Identifier: MIT
// The table "What an answer means" of core/README.md, row by row: answers that bring bytes.
#include "responserows.h"

using namespace longhaul;
using namespace longhaul::verdicttext;
using namespace longhaul::responserows;

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
    row("206 to no Range, other size, same ETag", wholeCopy(), 206,
        "Content-Range: bytes 0-400/401" + sameFields(), "take 0-401/401 no partial ranges");
    row("206 to no Range, beyond the known total", wholeCopy(), 206,
        "Content-Range: bytes 0-400/*" + sameFields(), "take 0-401/? no partial ranges");
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

QTEST_GUILESS_MAIN(TestHttpResponse)
#include "tst_httpresponse.moc"
