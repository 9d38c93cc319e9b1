// SPDX-License-Identifier: MIT
#include "matrixscripts.h"

#include <QCryptographicHash>

// What the file is called, and what is there already (RFC 6266, RFC 8187).
namespace longhaul::matrix {

namespace {

Script disposed(const QByteArray &value)
{
    return serve(theFile(), {.extra = {{"Content-Disposition", value}}});
}

QList<Case> dispositions()
{
    const auto named = [](const QByteArray &value, const QString &saved) {
        return Case{.name = "Content-Disposition: " + value.left(60).simplified(),
                    .script = disposed(value),
                    .saved = saved};
    };
    const QString plain = QStringLiteral("file.bin");
    return {
        named("attachment; filename=\"a.zip\"", QStringLiteral("a.zip")),
        named("attachment; filename=a.zip", QStringLiteral("a.zip")),
        named("ATTACHMENT; FILENAME=\"a.zip\"", QStringLiteral("a.zip")),
        named("inline; filename=\"a.zip\"", QStringLiteral("a.zip")),
        named("attachment", plain),
        named("attachment; filename=\"\"", plain),
        named("attachment; filename=\"a.zip\"; filename*=UTF-8''%e2%82%ac.zip", QString::fromUtf8("€.zip")),
        named("attachment; filename*=UTF-8''%e2%82%ac.zip; filename=\"a.zip\"", QString::fromUtf8("€.zip")),
        named("attachment; filename*=iso-8859-1'en'%A3.zip", QString::fromUtf8("£.zip")),
        named("attachment; filename=\"a\\\"b.zip\"", {}),
        named("attachment; filename=\"\xc3\xa4.zip\"", QString::fromUtf8("ä.zip")),
        named("attachment; filename=\"../../etc/a.zip\"", QStringLiteral("a.zip")),
        named("attachment; filename=\"/etc/a.zip\"", QStringLiteral("a.zip")),
        named("attachment; filename=\"..\\\\..\\\\a.zip\"", QStringLiteral("a.zip")),
        named("attachment; filename=\"C:\\\\x\\\\a.zip\"", QStringLiteral("a.zip")),
        named("attachment; filename*=UTF-8''..%2f..%2fa.zip", QStringLiteral("a.zip")),
        named("attachment; filename*=UTF-8''%2e%2e%5ca.zip", QStringLiteral("a.zip")),
        named("attachment; filename=\"..\"", plain),
        named("attachment; filename=\".\"", plain),
        named("attachment; filename=\"/\"", plain),
        named("attachment; filename=\".bashrc\"", {}),
        named("attachment; filename=\"NUL.txt\"", {}),
        named("attachment; filename=\"con\"", {}),
        named("attachment; filename=\"a.zip. . \"", QStringLiteral("a.zip")),
        named("attachment; filename*=UTF-8''a%00b%0a%0d%1b.zip", {}),
        named("attachment; filename*=UTF-8''a%E2%80%AEpiz.exe", {}),
        named("attachment; filename=\"" + QByteArray(300, 'n') + ".zip\"", {}),
        named("attachment; filename*=UTF-8''" + QByteArray("%e2%82%ac").repeated(200) + ".zip", {}),
        named("attachment; filename=\"a.zip.part\"", {}),
        named(";;;=\"\\", plain),
        named(QByteArray(20'000, ';'), plain),
    };
}

QList<Case> addresses()
{
    const auto at = [](const QByteArray &path, const QString &saved) {
        return Case{.name = "path " + path.left(40), .script = serve(), .path = path, .saved = saved};
    };
    Case local = at("/local.bin", QStringLiteral("local.bin"));
    local.name = "localhost";
    local.host = "localhost";
    Case resumed = local;
    resumed.name = "localhost, resumed";
    resumed.first = First::Part;
    resumed.had = tagged();
    resumed.script = serve(theFile(), tagged());
    Case renamed = resumed;
    renamed.name = "the server gives another name on resume";
    renamed.host = "127.0.0.1";
    renamed.script = serve(
        theFile(), {.etag = "\"v1\"", .extra = {{"Content-Disposition", "attachment; filename=other.bin"}}});
    return {
        local,
        resumed,
        renamed,
        at("/a%2Fb.bin", {}),
        at("/..%2F..%2Fb.bin", {}),
        at("/dir/", {}),
        at("/", {}),
        at("", {}),
        at("/?file=x.bin", {}),
        at("/%00%01.bin", {}),
        at("/%ff%fe.bin", {}),
        at("/a%20b+c.bin", QStringLiteral("a b+c.bin")),
        at("/a;v=1.bin", {}),
        at("/file.bin#fragment", QStringLiteral("file.bin")),
        at("/file.bin?a=1&b=2", QStringLiteral("file.bin")),
        at("/" + QByteArray(250, 'l') + ".bin", {}),
        at("/" + QByteArray(1000, 'l') + ".tar.gz", {}),
        at("/CON", {}),
    };
}

void put(const QDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

QList<Case> company()
{
    const auto with = [](const QByteArray &name, const QStringList &others, const QString &saved,
                         int run = 0) {
        return Case{.name = name,
                    .script = serve(theFile(), tagged()),
                    .saved = saved,
                    .prepare =
                        [=](const QDir &folder, int number) {
                            for (const QString &other : others) {
                                if (number == run)
                                    put(folder, other, "not ours");
                            }
                        },
                    .others = others};
    };
    const QString name = QStringLiteral("file.bin");
    const QString second = QStringLiteral("file (2).bin");
    Case late = with("the name is taken while it is fetched", {name}, second, 1);
    late.first = First::Interrupted;
    late.had = tagged();
    Case lost = {.name = "the part is removed between",
                 .first = First::Interrupted,
                 .script = serve(theFile(), tagged()),
                 .had = tagged(),
                 .prepare = [](const QDir &folder, int run) {
                     if (run == 1)
                         QFile::remove(folder.filePath(QStringLiteral("file.bin.part")));
                 }};
    Case shortened = lost;
    shortened.name = "the part is cut short between";
    shortened.prepare = [](const QDir &folder, int run) {
        if (run == 1)
            QFile::resize(folder.filePath(QStringLiteral("file.bin.part")), 1'000'000);
    };
    Case store = lost;
    store.name = "the store is lost between, the part is there";
    store.others = {QStringLiteral("file.bin.part")};
    store.prepare = [](const QDir &folder, int run) {
        if (run == 1)
            QDir(folder.filePath(QStringLiteral("../state"))).removeRecursively();
    };
    store.saved.clear();
    Case overwrite = with("the name is taken, overwrite", {}, name);
    overwrite.options = {QStringLiteral("--on-conflict"), QStringLiteral("overwrite")};
    overwrite.prepare = [](const QDir &folder, int) { put(folder, QStringLiteral("file.bin"), "old"); };
    return {
        with("the name is taken", {name}, second),
        with("the name and the next are taken", {name, second}, QStringLiteral("file (3).bin")),
        with("an unrelated part is there", {QStringLiteral("file.bin.part")}, {}),
        late,
        lost,
        shortened,
        store,
        overwrite,
        {.name = "two URLs of one name",
         .script = serve(),
         .path = "/a/file.bin",
         .more = {QStringLiteral("/b/file.bin")},
         .saved = {}},
        {.name = "five URLs of one name",
         .script = bent(serve(), [](Answer &answer, const Request &) { answer.rate(6'000'000); }),
         .path = "/a/file.bin",
         .more = {QStringLiteral("/b/file.bin"), QStringLiteral("/c/file.bin"), QStringLiteral("/d/file.bin"),
                  QStringLiteral("/e/file.bin?x=1")},
         .saved = {}},
        {.name = "the same URL twice",
         .script = serve(),
         .path = "/file.bin",
         .saved = QStringLiteral("file.bin")},
    };
}

QList<Case> checksums()
{
    const auto sum = [](QCryptographicHash::Algorithm algorithm) {
        return QString::fromLatin1(QCryptographicHash::hash(theFile().readAll(), algorithm).toHex());
    };
    const QString sha256 = QStringLiteral("sha-256:") + sum(QCryptographicHash::Sha256);
    const QString wrong = QStringLiteral("sha-256:") + QString(64, QLatin1Char('0'));
    const auto with = [](const QByteArray &name, const QString &value, Want want = Want::Complete) {
        return Case{.name = "checksum " + name,
                    .script = serve(),
                    .want = want,
                    .options = {QStringLiteral("--checksum"), value}};
    };
    Case cut = with("right, resumed", sha256);
    cut.first = First::Part;
    Case lied = with("reveals another file", sha256);
    lied.first = First::Part;
    lied.had = dated();
    lied.script = [](const Request &request, const Scene &scene) {
        return serve(scene.run < 1 ? sameSize() : theFile(), dated())(request, scene);
    };
    lied.old = sameSize();
    return {
        with("sha-256", sha256),
        with("sha-512", QStringLiteral("sha-512:") + sum(QCryptographicHash::Sha512)),
        with("sha-1", QStringLiteral("sha-1:") + sum(QCryptographicHash::Sha1)),
        with("md5 in capitals", QStringLiteral("MD5:") + sum(QCryptographicHash::Md5).toUpper()),
        with("wrong", wrong, Want::Refuse),
        cut,
        lied,
        {.name = "checksum wrong once",
         .script =
             [](const Request &request, const Scene &scene) {
                 return serve(scene.n == 0 ? sameSize() : theFile())(request, scene);
             },
         .options = {QStringLiteral("--checksum"), sha256}},
    };
}

} // namespace

QList<Case> nameCases() { return dispositions() + addresses() + company() + checksums(); }

} // namespace longhaul::matrix
