// SPDX-License-Identifier: MIT
// What answers an authentication challenge: the examples of the RFCs, the choice among several, and what gets
// no answer.
#include "core/httpauth.h"

#include <QMap>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace longhaul;
using namespace Qt::StringLiterals;

namespace {

const Credentials kMufasa{u"Mufasa"_s, u"Circle of Life"_s};
const QByteArray kNonce = "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"";
const QByteArray kClientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

// Of RFC 7616 3.9.1, without its algorithm.
const QByteArray kDigest = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", " + kNonce
                           + ", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
const QByteArray kMd5 = kDigest + ", algorithm=MD5";
const QByteArray kSha256 = kDigest + ", algorithm=SHA-256";
const QByteArray kBasic = "Basic realm=\"a, b\"";
const QByteArray kMd5Response = "8ca523f5e9506fed4657c9700eebdbec";
const QByteArray kSha256Response = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";

// Of RFC 7616 3.9.2, without its algorithm and userhash.
const Credentials kDoe{u"J\u00e4s\u00f8n Doe"_s, u"Secret, or not?"_s};
const QByteArray kApi = "Digest realm=\"api@example.org\", qop=\"auth\", "
                        "nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", "
                        "opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", charset=UTF-8";

// Of RFC 2617 3.5; RFC 2069 2.4 has the same without qop.
const QByteArray kTestRealm = "Digest realm=\"testrealm@host.com\", "
                              "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", "
                              "opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

QByteArray answer(const QByteArray &challenges, const Credentials &who = kMufasa,
                  const QByteArray &target = "/dir/index.html", const QByteArray &clientNonce = kClientNonce)
{
    return authorization(challenges, who, "GET", target, clientNonce).value_or(QByteArray());
}

using Fields = QMap<QByteArray, QByteArray>; // as written, with their quotes

// Of an answer by Digest; empty for any other.
Fields fieldsOf(const QByteArray &answer)
{
    static const QRegularExpression field(
        uR"re(\G(?:^Digest |, )([a-z]+)=("(?:[^"\\]|\\.)*"|[^",\\ ]+))re"_s);
    Fields result;
    qsizetype end = 0;
    for (auto found = field.globalMatch(QString::fromLatin1(answer)); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const QByteArray name = match.captured(1).toLatin1();
        if (result.contains(name))
            return {};
        result.insert(name, match.captured(2).toLatin1());
        end = match.capturedEnd();
    }
    return end == answer.size() ? result : Fields();
}

QByteArray responseTo(const QByteArray &challenges, const Credentials &who = kMufasa,
                      const QByteArray &target = "/dir/index.html",
                      const QByteArray &clientNonce = kClientNonce)
{
    return fieldsOf(answer(challenges, who, target, clientNonce)).value("response");
}

QByteArray quoted(const QByteArray &text) { return '"' + text + '"'; }

} // namespace

class TestHttpAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfc7616_data();
    void rfc7616();
    void userhash_data();
    void userhash();
    void olderRfcs();
    void sessions();
    void normalForm();
    void quotes();
    void basic_data();
    void basic();
    void choice_data();
    void choice();
    void forgiven_data();
    void forgiven();
    void unanswered_data();
    void unanswered();
    void hostile_data();
    void hostile();
    void controlCharacters();
    void bounds();
    void stale_data();
    void stale();
};

void TestHttpAuth::rfc7616_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<QByteArray>("response");
    QTest::newRow("MD5") << QByteArray("MD5") << kMd5Response;
    QTest::newRow("SHA-256") << QByteArray("SHA-256") << kSha256Response;
    QTest::newRow("in lower case") << QByteArray("sha-256") << kSha256Response;
}

void TestHttpAuth::rfc7616()
{
    QFETCH(const QByteArray, algorithm);
    QFETCH(const QByteArray, response);
    const Fields expected{
        {"username", "\"Mufasa\""},
        {"realm", "\"http-auth@example.org\""},
        {"uri", "\"/dir/index.html\""},
        {"algorithm", algorithm},
        {"nonce", "\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\""},
        {"nc", "00000001"},
        {"cnonce", quoted(kClientNonce)},
        {"qop", "auth"},
        {"response", quoted(response)},
        {"opaque", "\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""},
    };
    QCOMPARE(fieldsOf(answer(kDigest + ", algorithm=" + algorithm)), expected);
}

// RFC 7616 3.9.2 as erratum 4897 has it: what the RFC says is SHA-512 cut short. Its other numbers: made with
// Python.
void TestHttpAuth::userhash_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<QByteArray>("user"); // hashed
    QTest::addColumn<QByteArray>("response");
    QTest::newRow("SHA-256") << QByteArray("SHA-256")
                             << QByteArray("5a1a8a47df5c298551b9b42ba9b05835174a5bd7d511ff7fe9191d8e946fc4e7")
                             << QByteArray(
                                    "b6d5cb9c3000ea2385250005e294d7132b260b8fd08940d2377373493cee8cc4");
#ifdef LONGHAUL_OPENSSL
    QTest::newRow("SHA-512-256") << QByteArray(
        "SHA-512-256") << QByteArray("793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b")
                                 << QByteArray(
                                        "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
#endif
}

void TestHttpAuth::userhash()
{
    QFETCH(const QByteArray, algorithm);
    QFETCH(const QByteArray, user);
    QFETCH(const QByteArray, response);
    const QByteArray challenge = kApi + ", algorithm=" + algorithm;
    const QByteArray clientNonce = "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v";
    Fields fields = fieldsOf(answer(challenge + ", userhash=true", kDoe, "/doe.json", clientNonce));
    QCOMPARE(fields.value("username"), quoted(user));
    QCOMPARE(fields.value("userhash"), "true");
    QCOMPARE(fields.value("response"), quoted(response));

    for (const QByteArray &plain : {QByteArray(), QByteArray(", userhash=false")}) {
        fields = fieldsOf(answer(challenge + plain, kDoe, "/doe.json", clientNonce));
        QCOMPARE(fields.value("username"), quoted("J\xc3\xa4s\xc3\xb8n Doe"));
        QVERIFY(!fields.contains("userhash"));
        QCOMPARE(fields.value("response"), quoted(response));
    }
}

void TestHttpAuth::olderRfcs()
{
    QCOMPARE(responseTo(kTestRealm + ", qop=\"auth,auth-int\"", {u"Mufasa"_s, u"Circle Of Life"_s},
                        "/dir/index.html", "0a4f113b"),
             "\"6629fae49393a05397450978507c4ef1\"");
    // That of RFC 2069 by its errata.
    const Fields fields = fieldsOf(answer(kTestRealm, {u"Mufasa"_s, u"CircleOfLife"_s}));
    QCOMPARE(fields.value("response"), "\"1949323746fe6a43ef61f9606e7febea\"");
    const QList<QByteArray> names{"nonce", "opaque", "realm", "response", "uri", "username"};
    QCOMPARE(fields.keys(), names);
}

void TestHttpAuth::sessions()
{
    QCOMPARE(responseTo(kDigest + ", algorithm=MD5-sess"), "\"e783283f46242139c486a698fec7211d\"");
    QCOMPARE(responseTo(kDigest + ", algorithm=\"SHA-256-sess\""),
             "\"2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7\"");
    QCOMPARE(fieldsOf(answer(kDigest + ", algorithm=MD5-sess")).value("algorithm"), "MD5-sess");
    QCOMPARE(answer(kTestRealm + ", algorithm=MD5-sess"), QByteArray()); // without qop there is no cnonce
}

void TestHttpAuth::normalForm()
{
    const Credentials apart{u"Ja\u0308s\u00f8n Doe"_s, kDoe.password};
    const QByteArray other = QByteArray(kApi).replace("UTF-8", "other");
    QCOMPARE(answer(kApi, apart), answer(kApi, kDoe));
    QVERIFY(answer(other, apart) != answer(other, kDoe));
    QCOMPARE(answer("Basic realm=x, charset=\"utf-8\"", apart), answer(kBasic, kDoe));
    QVERIFY(answer(kBasic, apart) != answer(kBasic, kDoe));
}

void TestHttpAuth::quotes()
{
    const Fields fields = fieldsOf(answer(R"(Digest realm="r\"s\\\t", nonce="n\"\o", qop=auth, opaque="\\")",
                                          {uR"(a"b\c)"_s, u"p"_s}, "/x", R"(c"\)"));
    QCOMPARE(fields.value("username"), R"("a\"b\\c")");
    QCOMPARE(fields.value("realm"), R"("r\"s\\t")");
    QCOMPARE(fields.value("nonce"), R"("n\"o")");
    QCOMPARE(fields.value("cnonce"), R"("c\"\\")");
    QCOMPARE(fields.value("opaque"), R"("\\")");
    QCOMPARE(fields.value("response"), "\"da0bfa515e7dc9efba6fcd443c3c806c\"");
}

void TestHttpAuth::basic_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *tag, const QString &user, const QString &password,
                        const QByteArray &expected) { QTest::newRow(tag) << user << password << expected; };
    row("RFC 7617 2", u"Aladdin"_s, u"open sesame"_s, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    row("RFC 7617 2.1", u"test"_s, u"123\u00a3"_s, "Basic dGVzdDoxMjPCow==");
    row("a colon in the password", u"a"_s, u"b:c"_s, "Basic " + QByteArray("a:b:c").toBase64());
    row("a colon in the user", u"a:b"_s, u"c"_s, {});
    row("nobody", {}, {}, "Basic Og==");
}

void TestHttpAuth::basic()
{
    QFETCH(const QString, user);
    QFETCH(const QString, password);
    QTEST(answer(kBasic, {user, password}), "expected");
}

void TestHttpAuth::choice_data()
{
    QTest::addColumn<QList<QByteArray>>("challenges");
    QTest::addColumn<QByteArray>("expected"); // the response; "Basic" for that
    const auto row = [](const char *tag, const QList<QByteArray> &challenges, const QByteArray &expected) {
        QTest::newRow(tag) << challenges << expected;
    };
    row("all", {kSha256, kMd5, kBasic}, quoted(kSha256Response));
    row("MD5 by default", {kDigest, kBasic}, quoted(kMd5Response));
    row("among strangers", {"Negotiate", "NTLM TlRMTVNTUAAB/+==", kMd5, "Bearer realm=x, error=\"a, b\""},
        quoted(kMd5Response));
    row("Basic alone is left", {kDigest + ", algorithm=SHA-3", "Negotiate oQ==", kBasic}, "Basic");
    row("auth-int alone", {"Digest realm=x, nonce=y, qop=\"auth-int\"", kBasic}, "Basic");
    row("Digest without a nonce", {"Digest realm=x", "basic"}, "Basic");
    row("Digest without anything", {"Digest", kBasic}, "Basic");
}

// In each order.
void TestHttpAuth::choice()
{
    QFETCH(QList<QByteArray>, challenges);
    QFETCH(const QByteArray, expected);
    std::sort(challenges.begin(), challenges.end());
    do {
        const QByteArray got = answer(challenges.join(", "));
        QCOMPARE(got.startsWith("Basic ") ? QByteArray("Basic") : fieldsOf(got).value("response"), expected);
    } while (std::next_permutation(challenges.begin(), challenges.end()));
}

void TestHttpAuth::forgiven_data()
{
    QTest::addColumn<QByteArray>("challenges");
    QTest::newRow("blanks and commas") << QByteArray(" ,, \t" + kMd5 + " ,\t,");
    QTest::newRow("blanks around =") << QByteArray(kMd5).replace("=\"", " =\t\"");
    QTest::newRow("no blanks") << QByteArray(kMd5).replace(", ", ",");
    QTest::newRow("in capitals") << QByteArray(kMd5).replace("Digest", "DIGEST").replace("realm", "Realm");
    QTest::newRow("no quotes") << QByteArray(kMd5)
                                      .replace("\"auth, auth-int\"", "AUTH")
                                      .replace("\"http-auth@example.org\"", "http-auth@example.org");
    QTest::newRow("unknown parameters") << QByteArray(kMd5 + ", domain=\"/a /b\", x=\"\", stale=FALSE");
    QTest::newRow("a parameter alone") << QByteArray(kMd5 + ", x=");
}

void TestHttpAuth::forgiven()
{
    QFETCH(const QByteArray, challenges);
    QCOMPARE(responseTo(challenges), quoted(kMd5Response));
}

void TestHttpAuth::unanswered_data()
{
    QTest::addColumn<QByteArray>("challenges");
    const auto row = [](const char *tag, const QByteArray &text) { QTest::newRow(tag) << text; };
    row("nothing", {});
    row("commas", " , ,");
    row("strangers", "Negotiate, NTLM, Bearer realm=x, Basics, Digest2 realm=x");
    row("auth-int alone", "Digest realm=x, nonce=y, qop=auth-int");
    row("no nonce", "Digest realm=x, qop=auth");
    row("no realm", "Digest nonce=x, qop=auth");
    row("a parameter of nobody", "realm=x, " + kBasic);
    row("a value of nothing", kBasic + ", =x");
    row("a quote never closed", kBasic + ", x=\"y");
    row("a quote closed by none", kBasic + ", x=\"y\\\"");
    row("an escape of nothing", kBasic + ", x=\"y\\");
    row("a quote in a word", kBasic + ", x=y\"z\"");
    row("a quote as a scheme", kBasic + ", \"x\"");
    row("a quote in a name", kBasic + ", \"x\"=y");
    row("more behind a quote", kBasic + ", x=\"y\" z=\"z\"");
    row("three words", kBasic + ", a b c=d");
    row("words alone", kBasic + ", a b c");
    row("the same twice", kBasic + ", Realm=y");
}

void TestHttpAuth::unanswered()
{
    QFETCH(const QByteArray, challenges);
    QCOMPARE(authorization(challenges, kMufasa, "GET", "/", kClientNonce), std::nullopt);
}

// What a server writes into its values stays in the value it belongs to.
void TestHttpAuth::hostile_data()
{
    QTest::addColumn<QByteArray>("value"); // within quotes
    QTest::newRow("a quote") << QByteArray(R"(x\", uri=\"/other)");
    QTest::newRow("an escape") << QByteArray(R"(x\\)");
    QTest::newRow("an escape and a quote") << QByteArray(R"(x\\\", username=\"root)");
    QTest::newRow("no UTF-8") << QByteArray("\xff\xc3");
    QTest::newRow("empty") << QByteArray();
}

void TestHttpAuth::hostile()
{
    QFETCH(const QByteArray, value);
    const QByteArray text = quoted(value);
    const QByteArray got =
        answer("Digest realm=" + text + ", nonce=" + text + ", opaque=" + text + ", qop=auth, algorithm=MD5");
    const Fields fields = fieldsOf(got);
    QCOMPARE(fields.size(), 10);
    for (const char *name : {"realm", "nonce", "opaque"})
        QCOMPARE(fields.value(name), text);
    QCOMPARE(fields.value("username"), "\"Mufasa\"");
    QCOMPARE(fields.value("uri"), "\"/dir/index.html\"");
}

void TestHttpAuth::controlCharacters()
{
    for (const char c : {'\r', '\n', '\0', '\x1f', '\x7f'}) {
        const QByteArray bytes = QByteArray("a") + c + 'b';
        const QString text = QString::fromLatin1(bytes);
        for (const QByteArray &challenge : {kMd5, kSha256, kBasic}) {
            QCOMPARE(answer(challenge, {text, u"p"_s}), QByteArray());
            QCOMPARE(answer(challenge, {u"u"_s, text}), QByteArray());
            QCOMPARE(answer(challenge, kMufasa, bytes), QByteArray());
            QCOMPARE(answer(challenge, kMufasa, "/", bytes), QByteArray());
            QCOMPARE(authorization(challenge, kMufasa, bytes, "/", kClientNonce), std::nullopt);
            QCOMPARE(answer(challenge + ", x=\"" + bytes + '"'), QByteArray());
            QCOMPARE(answer(challenge + ", x=\"\\" + bytes + '"'), QByteArray());
        }
        QCOMPARE(answer("Digest realm=\"" + bytes + "\", nonce=x"), QByteArray());
        QCOMPARE(answer("Digest realm=x, nonce=" + bytes), QByteArray());
    }
}

void TestHttpAuth::bounds()
{
    const QByteArray most = kBasic.leftJustified(16 * 1024, ',');
    QVERIFY(!answer(most).isEmpty());
    QCOMPARE(answer(most + ','), QByteArray());
    QVERIFY(!isStale(most + ", Digest stale=true"));
}

void TestHttpAuth::stale_data()
{
    QTest::addColumn<QByteArray>("challenges");
    QTest::addColumn<bool>("expected");
    QTest::newRow("stale") << QByteArray(kMd5 + ", stale=TRUE") << true;
    QTest::newRow("the second") << QByteArray(kBasic + ", " + kMd5 + ", stale=\"true\"") << true;
    QTest::newRow("not") << QByteArray(kMd5 + ", stale=false") << false;
    QTest::newRow("unsaid") << kMd5 << false;
    QTest::newRow("of Basic") << QByteArray(kMd5 + ", " + kBasic + ", stale=true") << false;
    QTest::newRow("malformed") << QByteArray(kMd5 + ", stale=true, x=\"") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void TestHttpAuth::stale()
{
    QFETCH(const QByteArray, challenges);
    QTEST(isStale(challenges), "expected");
}

QTEST_GUILESS_MAIN(TestHttpAuth)
#include "tst_httpauth.moc"
