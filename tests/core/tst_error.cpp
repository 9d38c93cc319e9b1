// SPDX-License-Identifier: MIT
#include "core/error.h"

#include <QSet>
#include <QTest>

using namespace longhaul;

namespace {

struct Row {
    ErrorCode code;
    int number;
};

// The numbers are in stores and scripts out there: a change of any of these lines breaks them. New ones are
// added, none is taken away.
constexpr Row kNumbers[] = {
    {ErrorCode::FolderNotWritable, 1001},
    {ErrorCode::DiskFull, 1002},
    {ErrorCode::FileTooLarge, 1003},
    {ErrorCode::NameTooLong, 1004},
    {ErrorCode::WriteFailed, 1005},
    {ErrorCode::ReadFailed, 1006},
    {ErrorCode::SyncFailed, 1007},
    {ErrorCode::RenameFailed, 1008},
    {ErrorCode::TargetExists, 1009},
    {ErrorCode::StoreNotWritable, 1010},
    {ErrorCode::FolderMissing, 1011},
    {ErrorCode::PartReplaced, 1012},
    {ErrorCode::HostNotFound, 2001},
    {ErrorCode::ConnectionRefused, 2002},
    {ErrorCode::ConnectionLost, 2003},
    {ErrorCode::NoAnswer, 2004},
    {ErrorCode::Stalled, 2005},
    {ErrorCode::TlsCertificate, 2006},
    {ErrorCode::TlsFailed, 2007},
    {ErrorCode::ProxyFailed, 2008},
    {ErrorCode::NetworkUnreachable, 2009},
    {ErrorCode::AccessDenied, 3001},
    {ErrorCode::NotFound, 3002},
    {ErrorCode::ServerBusy, 3003},
    {ErrorCode::ServerFailed, 3004},
    {ErrorCode::LinkExpired, 3005},
    {ErrorCode::UnexpectedStatus, 3006},
    {ErrorCode::TooManyRedirects, 3007},
    {ErrorCode::UnsafeRedirect, 3008},
    {ErrorCode::BadRedirect, 3009},
    {ErrorCode::BadHead, 3010},
    {ErrorCode::RetryTooLate, 3011},
    {ErrorCode::BodyTooShort, 4001},
    {ErrorCode::BodyTooLong, 4002},
    {ErrorCode::BadRange, 4003},
    {ErrorCode::KeepsChanging, 4004},
    {ErrorCode::WebPage, 4005},
    {ErrorCode::ChecksumMismatch, 4006},
    {ErrorCode::EmptyAnswer, 4007},
    {ErrorCode::BadLength, 4008},
    {ErrorCode::InvalidUrl, 5001},
    {ErrorCode::UnsupportedScheme, 5002},
    {ErrorCode::Interrupted, 5003},
    {ErrorCode::OtherFile, 5004},
    {ErrorCode::KnownAddress, 5005},
    {ErrorCode::UnderWay, 5006},
    {ErrorCode::NotOfThisFile, 5007},
    {ErrorCode::NotAdoptable, 5008},
};

bool isSentence(const QString &text)
{
    return text.size() > 10 && text.endsWith(u'.') && !text.endsWith(QStringLiteral(".."))
           && text.front().isUpper() && text == text.simplified();
}

} // namespace

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers();
    void backFromNumbers();
    void sentences();
    void facts();
};

void TestError::numbers()
{
    QList<ErrorCode> codes;
    for (const Row &row : kNumbers) {
        QCOMPARE(int(row.code), row.number);
        codes.append(row.code);
    }
    QVERIFY2(allErrorCodes() == codes, "a code is missing here, or not in ascending order there");
}

void TestError::backFromNumbers()
{
    QSet<int> numbers;
    for (const Row &row : kNumbers)
        numbers.insert(row.number);
    QCOMPARE(numbers.size(), qsizetype(std::size(kNumbers)));
    for (int number = -1; number < 10'000; ++number) {
        const auto code = errorCodeFromNumber(number);
        QCOMPARE(code.has_value(), numbers.contains(number));
        if (code)
            QCOMPARE(int(*code), number);
    }
}

void TestError::sentences()
{
    QSet<QString> seen;
    for (const Row &row : kNumbers) {
        const QString what = message({row.code, 0, {}, {}});
        const QByteArray number = QByteArray::number(row.number);
        QVERIFY2(isSentence(what), number.constData());
        QVERIFY2(isSentence(advice(row.code)), number.constData());
        QVERIFY2(!seen.contains(what), number.constData());
        seen.insert(what);
    }
}

void TestError::facts()
{
    const ErrorCode code = ErrorCode::NotFound;
    const QString plain = QStringLiteral("The server does not have this file");
    QCOMPARE(message({code, 0, {}, {}}), plain + QStringLiteral("."));
    QCOMPARE(message({code, 404, {}, {}}), plain + QStringLiteral(" (HTTP 404)."));
    QCOMPARE(message({code, 0, QStringLiteral("50% of %1, %2"), {}}),
             plain + QStringLiteral(" (50% of %1, %2)."));
    QCOMPARE(message({code, 404, QStringLiteral("gone"), std::chrono::seconds(5)}),
             plain + QStringLiteral(" (HTTP 404, gone)."));
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
