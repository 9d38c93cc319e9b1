// SPDX-License-Identifier: MIT
// fuzzreplay TARGET FILE|FOLDER...: runs the target once with each file, in their order by name. Ends at the
// first that breaks it, with its name said before. For compilers without libFuzzer, and for ctest.
// fuzzreplay --complete CORPORA: whether each target has a folder there, and each folder a target.
#include "fuzz.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

using namespace longhaul;

namespace {

QStringList filesOf(const QString &path)
{
    if (!QFileInfo(path).isDir())
        return {path};
    QStringList files;
    const QDir folder(path);
    for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden, QDir::Name))
        files.append(folder.filePath(name));
    return files;
}

bool isComplete(const QString &corpora)
{
    QStringList names;
    for (const fuzz::NamedTarget &target : fuzz::targets())
        names.append(QString::fromLatin1(target.name));
    names.sort();
    return QDir(corpora).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name) == names;
}

} // namespace

int main(int argc, char *argv[])
{
    static QCoreApplication app(argc, argv); // as targets are: it goes after them
    const QStringList arguments = app.arguments();
    if (arguments.value(1) == QLatin1String("--complete"))
        return isComplete(arguments.value(2)) ? 0 : 1;
    const fuzz::NamedTarget *target = fuzz::findTarget(arguments.value(1).toUtf8());
    if (!target) {
        std::fputs("usage: fuzzreplay TARGET FILE|FOLDER...\nTargets:", stderr);
        for (const fuzz::NamedTarget &known : fuzz::targets())
            std::fprintf(stderr, " %s", known.name);
        std::fputs("\n", stderr);
        return 2;
    }
    int count = 0;
    for (const QString &path : arguments.mid(2)) {
        for (const QString &name : filesOf(path)) {
            QFile file(name);
            if (!file.open(QIODevice::ReadOnly)) {
                std::fprintf(stderr, "%s cannot be read\n", qPrintable(name));
                return 2;
            }
            std::printf("%s\n", qPrintable(name));
            std::fflush(stdout);
            target->run(file.readAll());
            ++count;
        }
    }
    if (count == 0) // a corpus that is lost must not look like one that passed
        std::fputs("There is nothing to replay.\n", stderr);
    return count == 0 ? 1 : 0;
}
