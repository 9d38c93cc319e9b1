// SPDX-License-Identifier: MIT
#pragma once

#include "verdicttext.h"

#include <QTest>

// Rows of tests: what was asked, what was answered, and the verdict as text.
namespace longhaul::responserows {

using verdicttext::textOf;

inline QByteArray oldTime() { return "Sat, 05 Nov 1994 08:49:37 GMT"; }
inline QByteArray otherTime() { return "Sat, 05 Nov 1994 08:49:38 GMT"; }
inline QByteArray dateNow() { return "Sun, 06 Nov 1994 08:49:37 GMT"; }

// Range from 100 of 300, 100 bytes on disk, with If-Range.
inline RangeRequest continued()
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

inline RangeRequest changed(RangeRequest asked, const std::function<void(RangeRequest &)> &change)
{
    change(asked);
    return asked;
}

inline RangeRequest withoutIfRange()
{
    return changed(continued(), [](auto &asked) { asked.ifRange = false; });
}

inline RangeRequest again(RangeRequest asked)
{
    asked.secondTry = true;
    return asked;
}

// The whole file is asked for, though bytes of it are on disk.
inline RangeRequest wholeCopy()
{
    return changed(withoutIfRange(), [](auto &asked) {
        asked.ranged = false;
        asked.range = {0, ByteRange::kOpenEnd};
    });
}

inline RangeRequest fresh()
{
    RangeRequest asked;
    asked.now = continued().now;
    return asked;
}

inline RangeRequest binary(RangeRequest asked)
{
    asked.expectsBinary = true;
    return asked;
}

// "Name: value|Name: value"
inline ResponseHead answer(int status, const QByteArray &fields)
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

inline QByteArray sameFields() { return "|ETag: \"a\"|Last-Modified: " + oldTime() + "|Date: " + dateNow(); }
inline QByteArray from100() { return "Content-Range: bytes 100-299/300|Content-Length: 200"; }

inline void columns()
{
    QTest::addColumn<RangeRequest>("asked");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("expected");
}

inline void row(const char *tag, const RangeRequest &asked, int status, const QByteArray &fields,
                const char *expected)
{
    QTest::newRow(tag) << asked << status << fields << QString::fromLatin1(expected);
}

inline void check()
{
    QFETCH(RangeRequest, asked);
    QFETCH(int, status);
    QFETCH(QByteArray, fields);
    QTEST(textOf(checkResponse(asked, answer(status, fields))), "expected");
}

} // namespace longhaul::responserows
