// SPDX-License-Identifier: MIT
// The arrows of the design, kept: app -> ui -> core, and inside core only downwards, by the table of levels
// in core/README.md. The rules are also fed trees that break them, so that this test is known to see.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Tree {
    QMap<QString, QStringList>
        includes;              // by path below the root: what it includes, resolved where it is ours
    QMap<QString, int> levels; // by unit of core
    QStringList problems;      // found while reading
};

// Whom a folder may include.
QMap<QString, QStringList> allowedFolders()
{
    return {
        {u"core"_s, {u"core"_s}},
        {u"ui"_s, {u"core"_s, u"ui"_s}},
        {u"app"_s, {u"core"_s, u"ui"_s, u"app"_s}},
    };
}

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString folderOf(const QString &path) { return path.section(u'/', 0, 0); }
QString unitOf(const QString &path) { return path.section(u'/', -1).section(u'.', 0, 0); }

// "core/x.h" for what is a file of the tree, asked from its own folder or from the root; else as written.
QString resolved(const QString &root, const QString &from, const QString &include)
{
    for (const QString &base : {QFileInfo(from).path() + u'/', QString()}) {
        const QString path = QDir::cleanPath(base + include);
        if (QFileInfo(root + u'/' + path).isFile())
            return path;
    }
    return include;
}

// Rows such as "| 3 | `fetchjob` | ... |".
void readLevels(const QString &root, Tree &tree)
{
    static const QRegularExpression row(uR"(^\|\s*(\d+)\s*\|\s*`([^`]+)`\s*\|)"_s,
                                        QRegularExpression::MultilineOption);
    const QString readme = textOf(root + u"/core/README.md"_s);
    for (auto rows = row.globalMatch(readme); rows.hasNext();) {
        const QRegularExpressionMatch match = rows.next();
        const QString unit = match.captured(2);
        if (tree.levels.contains(unit))
            tree.problems << unit + u" has two rows in core/README.md"_s;
        tree.levels.insert(unit, match.captured(1).toInt());
    }
    if (tree.levels.isEmpty())
        tree.problems << u"core/README.md has no table of levels"_s;
}

Tree readTree(const QString &root)
{
    static const QRegularExpression include(uR"(^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">])"_s,
                                            QRegularExpression::MultilineOption);
    Tree tree;
    readLevels(root, tree);
    const QStringList folders = allowedFolders().keys();
    for (const QString &folder : folders) {
        QDirIterator files(root + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = QDir(root).relativeFilePath(files.next());
            QStringList &list = tree.includes[file];
            for (auto lines = include.globalMatch(textOf(root + u'/' + file)); lines.hasNext();)
                list << resolved(root, file, lines.next().captured(1));
        }
    }
    return tree;
}

QStringList wrongFolders(const Tree &tree)
{
    const QMap<QString, QStringList> allowed = allowedFolders();
    QStringList problems;
    for (auto it = tree.includes.begin(); it != tree.includes.end(); ++it) {
        for (const QString &include : it.value()) {
            const QString folder = folderOf(include);
            const bool ours = allowed.contains(folder) || folder == u"tests"_s;
            if (ours && !allowed.value(folderOf(it.key())).contains(folder))
                problems << it.key() + u" must not include "_s + include;
        }
    }
    return problems;
}

// Whether an include names a Qt header outside QtCore and QtNetwork. What those hold is asked of the Qt that
// is installed.
bool isForeignQtHeader(const QString &include)
{
    static const QRegularExpression qtName(u"^(Qt?[A-Z]\\w*|q[a-z0-9_]+\\.h)$"_s);
    static const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    static const QStringList modules{u"QtCore"_s, u"QtNetwork"_s};
    if (include.contains(u'/'))
        return include.startsWith(u"Qt"_s) && !modules.contains(folderOf(include));
    return qtName.match(include).hasMatch() && !std::ranges::any_of(modules, [&](const QString &module) {
               return QFileInfo::exists(headers + u'/' + module + u'/' + include);
           });
}

QStringList foreignQt(const Tree &tree)
{
    QStringList problems;
    for (auto it = tree.includes.begin(); it != tree.includes.end(); ++it) {
        for (const QString &include : it.value()) {
            if (folderOf(it.key()) == u"core"_s && isForeignQtHeader(include))
                problems << it.key() + u" needs more of Qt than Core and Network: "_s + include;
        }
    }
    return problems;
}

QStringList tableGaps(const Tree &tree)
{
    QStringList problems;
    QSet<QString> units;
    const QStringList files = tree.includes.keys();
    for (const QString &file : files) {
        if (folderOf(file) == u"core"_s)
            units.insert(unitOf(file));
    }
    for (const QString &unit : std::as_const(units)) {
        if (!tree.levels.contains(unit))
            problems << unit + u" has no row in core/README.md"_s;
    }
    const QStringList named = tree.levels.keys();
    for (const QString &unit : named) {
        if (!units.contains(unit))
            problems << u"core/README.md names "_s + unit + u", which is not there"_s;
    }
    return problems;
}

QStringList wrongLevels(const Tree &tree)
{
    QStringList problems;
    for (auto it = tree.includes.begin(); it != tree.includes.end(); ++it) {
        for (const QString &include : it.value()) {
            if (folderOf(it.key()) != u"core"_s || folderOf(include) != u"core"_s)
                continue;
            const QString unit = unitOf(it.key());
            const QString other = unitOf(include);
            if (unit != other && tree.levels.value(other) >= tree.levels.value(unit))
                problems << it.key() + u" (level %1) includes "_s.arg(tree.levels.value(unit)) + include
                                + u" (level %1)"_s.arg(tree.levels.value(other));
        }
    }
    return problems;
}

// Follows the includes from `file`; `trail` is the way that led there.
void findCycles(const Tree &tree, const QString &file, QStringList trail, QSet<QString> &done,
                QStringList &problems)
{
    if (trail.contains(file)) {
        problems << u"include cycle: "_s + trail.mid(trail.indexOf(file)).join(u" -> "_s) + u" -> "_s + file;
        return;
    }
    if (done.contains(file))
        return;
    trail << file;
    const QStringList includes = tree.includes.value(file);
    for (const QString &include : includes)
        findCycles(tree, include, trail, done, problems);
    done.insert(file);
}

QStringList cycles(const Tree &tree)
{
    QStringList problems;
    QSet<QString> done;
    const QStringList files = tree.includes.keys();
    for (const QString &file : files)
        findCycles(tree, file, {}, done, problems);
    return problems;
}

QStringList problemsOf(const QString &root)
{
    const Tree tree = readTree(root);
    return tree.problems + wrongFolders(tree) + foreignQt(tree) + tableGaps(tree) + wrongLevels(tree)
           + cycles(tree);
}

using Files = QMap<QString, QString>; // text by path

// A small tree that keeps every rule.
Files soundTree()
{
    return {
        {u"core/README.md"_s, u"| level | unit |\n|---|---|\n| 0 | `low` | a |\n| 1 | `high` | b |\n"_s},
        {u"core/low.h"_s,
         u"#pragma once\n#include <QString>\n#include <QNetworkReply>\n#include <vector>\n"_s},
        {u"core/low.cpp"_s, u"#include \"low.h\"\n#include <qglobal.h>\n#include <QtCore/QFile>\n"_s},
        {u"core/high.h"_s, u"#include \"core/low.h\"\n"_s},
        {u"core/high.cpp"_s, u"#include \"high.h\"\n#include \"low.h\"\n#include \"high.moc\"\n"_s},
        {u"ui/window.h"_s, u"#include <QWidget>\n#include \"core/high.h\"\n"_s},
        {u"app/main.cpp"_s, u"#include \"ui/window.h\"\n#include \"core/low.h\"\n"_s},
        {u"tests/support/server.h"_s, u"\n"_s},
    };
}

} // namespace

class TestIncludes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sources()
    {
        const QString root = QStringLiteral(LONGHAUL_SOURCE_DIR);
        QVERIFY2(readTree(root).includes.size() > 10, "the sources were not found");
        QCOMPARE(problemsOf(root).join(u'\n'), QString());
    }

    void qtHeadersAreThere()
    {
        QVERIFY(QFileInfo::exists(QLibraryInfo::path(QLibraryInfo::HeadersPath) + u"/QtCore/QString"_s));
    }

    void madeUpTrees_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("line"); // added to the file; the README: to the end of its table
        QTest::addColumn<QString>("problem");

        const auto row = [](const char *name, const QString &file, const QString &line,
                            const QString &problem) { QTest::newRow(name) << file << line << problem; };
        row("sound", u"core/high.cpp"_s, u"// #include \"ui/window.h\""_s, QString());
        row("core includes ui", u"core/high.cpp"_s, u"#include \"ui/window.h\""_s,
            u"core/high.cpp must not include ui/window.h"_s);
        row("by a relative path", u"core/low.h"_s, u"  #  include  \"../ui/window.h\""_s,
            u"core/low.h must not include ui/window.h"_s);
        row("in angle brackets", u"core/low.h"_s, u"#include <ui/window.h>"_s,
            u"core/low.h must not include ui/window.h"_s);
        row("core includes app", u"core/low.cpp"_s, u"#include \"app/missing.h\""_s,
            u"core/low.cpp must not include app/missing.h"_s);
        row("ui includes app", u"ui/window.h"_s, u"#include \"app/main.cpp\""_s,
            u"ui/window.h must not include app/main.cpp"_s);
        row("app includes tests", u"app/main.cpp"_s, u"#include \"tests/support/server.h\""_s,
            u"app/main.cpp must not include tests/support/server.h"_s);
        row("a widget in core", u"core/low.h"_s, u"#include <QWidget>"_s,
            u"core/low.h needs more of Qt than Core and Network: QWidget"_s);
        row("a widget by its module", u"core/low.h"_s, u"#include <QtWidgets/QLabel>"_s,
            u"core/low.h needs more of Qt than Core and Network: QtWidgets/QLabel"_s);
        row("a gui header by its file", u"core/low.h"_s, u"#include <qicon.h>"_s,
            u"core/low.h needs more of Qt than Core and Network: qicon.h"_s);
        row("upwards", u"core/low.cpp"_s, u"#include \"high.h\""_s,
            u"core/low.cpp (level 0) includes core/high.h (level 1)"_s);
        row("sideways", u"core/README.md"_s, u"| 1 | `peer` | c |"_s,
            u"core/peer.h (level 1) includes core/high.h (level 1)"_s);
        row("unit without a row", u"core/stray.h"_s, u"\n"_s, u"stray has no row in core/README.md"_s);
        row("row without a unit", u"core/README.md"_s, u"| 2 | `ghost` | c |"_s,
            u"core/README.md names ghost, which is not there"_s);
        row("two rows", u"core/README.md"_s, u"| 3 | `low` | c |"_s, u"low has two rows in core/README.md"_s);
        row("cycle in ui", u"ui/other.h"_s, u"#include \"ring.h\""_s,
            u"include cycle: ui/other.h -> ui/ring.h -> ui/other.h"_s);
    }

    void madeUpTrees()
    {
        QFETCH(const QString, file);
        QFETCH(const QString, line);
        QFETCH(const QString, problem);

        Files files = soundTree();
        files[file] += line + u'\n';
        if (line.contains(u"`peer`"_s))
            files[u"core/peer.h"_s] = u"#include \"high.h\"\n"_s;
        if (line.contains(u"ring.h"_s))
            files[u"ui/ring.h"_s] = u"#include \"ui/other.h\"\n"_s;

        QTemporaryDir folder;
        write(folder, files);
        const QStringList problems = problemsOf(folder.path());
        if (problem.isEmpty())
            QCOMPARE(problems.join(u'\n'), QString());
        else
            QVERIFY2(problems.contains(problem), qPrintable(problems.join(u'\n')));
    }

    void noTable()
    {
        Files files = soundTree();
        files.remove(u"core/README.md"_s);
        QTemporaryDir folder;
        write(folder, files);
        QVERIFY(problemsOf(folder.path()).contains(u"core/README.md has no table of levels"_s));
    }

private:
    static void write(const QTemporaryDir &folder, const Files &files)
    {
        for (auto it = files.begin(); it != files.end(); ++it) {
            const QString path = folder.filePath(it.key());
            QVERIFY(QDir().mkpath(QFileInfo(path).path()));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QVERIFY(file.write(it.value().toUtf8()) >= 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestIncludes)
#include "tst_includes.moc"
