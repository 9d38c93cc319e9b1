// SPDX-License-Identifier: MIT
#include "foreignfile.h"

#include "aria2control.h"
#include "partclaims.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cstring>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::ForeignFile)
};

constexpr auto kControl = ".aria2"_L1;
constexpr std::array kSuffixes{".crdownload"_L1, ".part"_L1, ".partial"_L1, ".opdownload"_L1, ".download"_L1};
constexpr qint64 kBlock = 1 << 20;
constexpr qint64 kLeastZeros = 1 << 10; // in a row, that are taken for space not written
constexpr size_t kMostStretches = 64;
constexpr size_t kMostHeld = 4096; // before the smallest ones are let go

Error notAdoptable(const QString &why) { return {ErrorCode::NotAdoptable, 0, why, {}}; }

QLatin1String suffixOfForeign(const QString &name)
{
    const auto suffix = std::find_if(kSuffixes.begin(), kSuffixes.end(), [&](QLatin1String one) {
        return name.endsWith(one, Qt::CaseInsensitive);
    });
    return suffix == kSuffixes.end() ? QLatin1String() : *suffix;
}

// Finds the stretches between runs of zeros in bytes that come in order.
class Stretches
{
public:
    void take(const char *data, qint64 size)
    {
        const char *const end = data + size;
        for (const char *at = data; at < end;) {
            if (*at == 0) {
                const char *firstByte = std::find_if(at, end, [](char c) { return c != 0; });
                m_zeros += firstByte - at;
                m_next += firstByte - at;
                at = firstByte;
                continue;
            }
            if (m_zeros >= kLeastZeros || m_begin < 0)
                begin();
            m_zeros = 0;
            const void *zero = std::memchr(at, 0, size_t(end - at));
            const char *stop = zero ? static_cast<const char *>(zero) : end;
            m_next += stop - at;
            at = stop;
        }
    }
    RangeSet result()
    {
        close();
        keepLargest();
        std::sort(m_found.begin(), m_found.end(),
                  [](const ByteRange &a, const ByteRange &b) { return a.begin < b.begin; });
        RangeSet set;
        for (const ByteRange &range : m_found)
            set.add(range);
        return set;
    }

private:
    void begin()
    {
        close();
        m_begin = m_next;
    }
    void close()
    {
        if (m_begin >= 0)
            m_found.push_back({m_begin, m_next - m_zeros});
        m_begin = -1;
        if (m_found.size() > kMostHeld)
            keepLargest();
    }
    void keepLargest()
    {
        if (m_found.size() <= kMostStretches)
            return;
        std::nth_element(m_found.begin(), m_found.begin() + kMostStretches, m_found.end(),
                         [](const ByteRange &a, const ByteRange &b) { return a.size() > b.size(); });
        m_found.resize(kMostStretches);
    }

    std::vector<ByteRange> m_found;
    qint64 m_begin = -1; // of the present stretch; -1 before the first byte that is no zero
    qint64 m_next = 0;   // offset of the next byte
    qint64 m_zeros = 0;  // in a row before it
};

std::variant<ForeignBytes, Error> surveyControlled(QFile &file, QFile &control)
{
    if (control.size() > kMostAria2Bytes || !control.open(QIODevice::ReadOnly))
        return notAdoptable(Text::tr("its .aria2 file cannot be read"));
    const auto parsed = parseAria2Control(control.readAll());
    if (const auto *why = std::get_if<QString>(&parsed))
        return notAdoptable(*why);
    const auto &known = std::get<Aria2Control>(parsed);
    return ForeignBytes{file.fileName(), known.holds.intersected({0, file.size()}), known.total};
}

} // namespace

QString nameOfForeign(const QString &fileName)
{
    static const QRegularExpression unnamed(u"^Unconfirmed \\d+$"_s);
    const QLatin1String suffix = suffixOfForeign(fileName);
    const QString name = fileName.chopped(suffix.size());
    return !suffix.isEmpty() && unnamed.match(name).hasMatch() ? QString() : name;
}

bool isForeignPartial(const QString &fileName)
{
    return !suffixOfForeign(fileName).isEmpty() || fileName.endsWith(kControl);
}

QString foreignPathOf(const QString &path)
{
    return path.endsWith(kControl) ? path.chopped(kControl.size()) : path;
}

RangeSet writtenIn(QIODevice &file, const std::atomic_bool &cancelled)
{
    Stretches stretches;
    QByteArray block(kBlock, Qt::Uninitialized);
    while (!cancelled) {
        const qint64 got = file.read(block.data(), block.size());
        if (got <= 0) // what cannot be read is not there
            break;
        stretches.take(block.constData(), got);
    }
    return stretches.result();
}

std::variant<ForeignBytes, Error> surveyForeign(const QString &path, const QString &movedTo,
                                                const QStringList &others, const std::atomic_bool &cancelled)
{
    const QFileInfo given(path);
    const QFileInfo info(given.exists() || movedTo.isEmpty() ? path : movedTo);
    if (!info.exists())
        return notAdoptable(Text::tr("it is not there"));
    if (!info.isFile() || info.isSymLink())
        return notAdoptable(Text::tr("it is no regular file"));
    if (isOneOf(info.filePath(), others))
        return notAdoptable(Text::tr("another download has it"));
    QFile file(info.filePath());
    if (!info.isWritable() || !file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return notAdoptable(Text::tr("it cannot be read and written"));
    QFile control(path + kControl);
    std::variant<ForeignBytes, Error> found = ForeignBytes{file.fileName(), {}, {}};
    if (control.exists())
        found = surveyControlled(file, control);
    else
        std::get<ForeignBytes>(found).holds = writtenIn(file, cancelled);
    if (const auto *bytes = std::get_if<ForeignBytes>(&found); bytes && bytes->holds.isEmpty())
        return notAdoptable(Text::tr("nothing is in it yet"));
    return found;
}

} // namespace longhaul
