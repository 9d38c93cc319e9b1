// SPDX-License-Identifier: MIT
#include "diskfiles.h"

#include <algorithm>

namespace longhaul::test {

namespace {

constexpr qint64 KiB = 1024;
constexpr qint64 kEqual = 100 * KiB; // what versions have in common

QList<Content> twoVersions(qint64 size, quint64 seed)
{
    const Content first = Content::random(size, seed);
    const Content second = Content::random(size, seed + 100);
    return {first, Content::fromBytes(first.read(0, kEqual) + second.read(kEqual, size))};
}

} // namespace

DiskFiles::DiskFiles(const QUrl &base)
    : m_base(base)
{
    m_files[Plain] = {"/plain.bin", {Content::random(700 * KiB + 123, 1)}, 200 * KiB};
    m_files[Big] = {"/big.bin", {Content::random(3 * 1024 * KiB + 77, 2)}, 150 * KiB};
    m_files[Changing] = {"/changing.bin", twoVersions(600 * KiB + 5, 3), 300 * KiB};
    m_files[Again] = {"/again.bin", twoVersions(600 * KiB + 6, 4), 300 * KiB};
    m_files[Bare] = {"/bare.bin", {Content::random(500 * KiB, 5)}, 250 * KiB};
    m_files[Over] = {"/over.bin", {Content::random(400 * KiB, 6)}, 200 * KiB};
    m_files[Reused] = {"/a/reused.bin", {Content::random(600 * KiB, 7)}, 200 * KiB};
    m_files[ReusedToo] = {"/b/reused.bin", {Content::random(500 * KiB, 8)}, 200 * KiB};
    for (int file = Small; file < Count; ++file) {
        m_files[size_t(file)] = {"/small" + QByteArray::number(file - Small) + ".bin",
                                 {Content::random(3 * KiB + file * 1777, quint64(file) + 10)},
                                 100 * KiB};
    }
    if (m_base.isEmpty()) {
        m_server =
            std::make_unique<ScriptedServer>([this](const Request &request) { return answer(request); });
        m_base = m_server->url();
    }
}

QUrl DiskFiles::url(int file) const
{
    return m_base.resolved(QUrl(QString::fromLatin1(m_files[size_t(file)].path)));
}

int DiskFiles::fileOf(const QUrl &url) const
{
    const QByteArray path = url.path().toLatin1();
    const auto it = std::find_if(m_files.begin(), m_files.end(),
                                 [&](const Served &served) { return served.path == path; });
    return it == m_files.end() ? -1 : int(it - m_files.begin());
}

void DiskFiles::beginRecording()
{
    m_changed = false;
    m_paced = true;
}

QByteArray DiskFiles::etag(int file, qsizetype version) const
{
    return file == Bare ? QByteArray() : "\"v" + QByteArray::number(version) + '"';
}

const Content &DiskFiles::recorded(const ResumeData &data) const
{
    const int file = fileOf(data.url);
    const QList<Content> &versions = m_files[size_t(file)].versions;
    return data.entity.validators.etag == etag(file, versions.size() - 1) ? versions.last()
                                                                          : versions.first();
}

bool DiskFiles::isWhole(const QByteArray &bytes) const
{
    return std::any_of(m_files.begin(), m_files.end(), [&](const Served &served) {
        return std::any_of(served.versions.begin(), served.versions.end(), [&](const Content &version) {
            return version.size() == bytes.size() && version.readAll() == bytes;
        });
    });
}

Answer DiskFiles::answer(const Request &request)
{
    if (request.path == "/change") {
        m_changed = true;
        return Answer::status(204);
    }
    const int file = fileOf(QUrl(QString::fromLatin1(request.path)));
    if (file < 0)
        return Answer::status(404);
    Resource resource;
    resource.etag = etag(file, version(file));
    Answer answer = Answer::honest(request, current(file), resource);
    return m_paced ? answer.rate(m_files[size_t(file)].rate) : answer;
}

} // namespace longhaul::test
