// SPDX-License-Identifier: MIT
#include "icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QLibraryInfo>
#include <QMimeDatabase>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>
#include <QVersionNumber>

#include <algorithm>
#include <cmath>

namespace longhaul {

namespace {

constexpr qsizetype kMostRendered = 24;  // pictures kept per icon: sizes, scales and colours in use
constexpr qsizetype kMostSuffixes = 500; // kinds of file remembered
constexpr qsizetype kLongestSuffix = 16; // longer ones say nothing about the kind of a file

// Draws one SVG of the resources: as it is, or as a stencil filled with the palette's colour. It reads and
// parses the picture at each new size, which takes less than keeping it parsed would: after that it is cached
// here. (QPixmapCache would keep a timer running to forget what is in it.)
class SvgIconEngine : public QIconEngine
{
public:
    enum class Colour { OfPalette, OfPicture };

    SvgIconEngine(const QString &path, Colour colour)
        : m_path(path)
        , m_colour(colour)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal scale = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
        const int side = std::min(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        painter->drawPixmap(square, rendered(pixels(QSize(side, side), scale), mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return rendered(size, mode);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // Before 6.8 QIcon::pixmap() hands over device pixels, from then on logical ones. QIcon sets the
        // ratio of what it gets.
        const bool logical = QLibraryInfo::version() >= QVersionNumber(6, 8);
        return rendered(logical ? pixels(size, scale) : size, mode);
    }

    QIconEngine *clone() const override { return new SvgIconEngine(*this); }
    QString key() const override { return QStringLiteral("longhaul-svg"); }
    bool isNull() override { return false; }

private:
    struct Rendered {
        QSize size;
        QRgb colour;
        QPixmap pixmap;
    };

    static QSize pixels(const QSize &size, qreal scale)
    {
        return {int(std::ceil(size.width() * scale)), int(std::ceil(size.height() * scale))};
    }

    static QColor paletteColour(QIcon::Mode mode)
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Normal:
        case QIcon::Active: return palette.color(QPalette::Active, QPalette::WindowText);
        case QIcon::Disabled: return palette.color(QPalette::Disabled, QPalette::WindowText);
        case QIcon::Selected: return palette.color(QPalette::Active, QPalette::HighlightedText);
        }
        return {};
    }

    // `size` in device pixels.
    QPixmap rendered(const QSize &size, QIcon::Mode mode)
    {
        if (size.isEmpty())
            return {};
        // A coloured picture has the same colours in each mode but Disabled, in which it fades.
        const QRgb colour = m_colour == Colour::OfPalette ? paletteColour(mode).rgba()
                                                          : QRgb(mode == QIcon::Disabled ? 1 : 0);
        const auto known = std::find_if(m_rendered.cbegin(), m_rendered.cend(), [&](const Rendered &one) {
            return one.size == size && one.colour == colour;
        });
        if (known != m_rendered.cend())
            return known->pixmap;
        if (m_rendered.size() >= kMostRendered)
            m_rendered.clear();
        m_rendered.append({size, colour, draw(size, mode)});
        return m_rendered.constLast().pixmap;
    }

    QPixmap draw(const QSize &size, QIcon::Mode mode) const
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QSvgRenderer svg(m_path);
        svg.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        if (m_colour == Colour::OfPicture && mode == QIcon::Disabled)
            painter.setOpacity(0.4);
        svg.render(&painter, QRectF(QPointF(), size));
        if (m_colour == Colour::OfPalette) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(pixmap.rect(), paletteColour(mode));
        }
        return pixmap;
    }

    QString m_path;
    Colour m_colour;
    QList<Rendered> m_rendered;
};

// What icon() and fileIcon() have made. A child of the application, so that it ends with it.
class IconStore : public QObject
{
    Q_OBJECT

public:
    static IconStore &ofApplication()
    {
        auto *store = qApp->findChild<IconStore *>(QString(), Qt::FindDirectChildrenOnly);
        return store ? *store : *new IconStore(qApp);
    }

    QHash<QString, QIcon> ours;     // by name
    QHash<QString, QIcon> bySuffix; // what fileIcon() gives

private:
    using QObject::QObject;
};

// Which of our pictures stands for files of this type.
QString kindOf(const QMimeType &type)
{
    struct Kind {
        QLatin1String of; // a type that this one is or inherits, or the name of its generic icon
        QLatin1String picture;
    };
    // The first that fits: a script is text too, an office document is a zip file too.
    static constexpr Kind kinds[] = {
        {QLatin1String("image-x-generic"), QLatin1String("kind-image")},
        {QLatin1String("audio-x-generic"), QLatin1String("kind-audio")},
        {QLatin1String("video-x-generic"), QLatin1String("kind-video")},
        {QLatin1String("application/x-raw-disk-image"), QLatin1String("kind-disc")},
        {QLatin1String("application/x-apple-diskimage"), QLatin1String("kind-disc")},
        {QLatin1String("application/x-qemu-disk"), QLatin1String("kind-disc")},
        {QLatin1String("application/x-vmdk-disk"), QLatin1String("kind-disc")},
        {QLatin1String("application/x-vdi-disk"), QLatin1String("kind-disc")},
        {QLatin1String("application/x-executable"), QLatin1String("kind-program")},
        {QLatin1String("application-x-executable"), QLatin1String("kind-program")},
        {QLatin1String("application/x-msi"), QLatin1String("kind-program")},
        {QLatin1String("application/vnd.android.package-archive"), QLatin1String("kind-program")},
        {QLatin1String("x-office-document"), QLatin1String("kind-document")},
        {QLatin1String("x-office-presentation"), QLatin1String("kind-document")},
        {QLatin1String("x-office-spreadsheet"), QLatin1String("kind-document")},
        {QLatin1String("text/plain"), QLatin1String("kind-document")},
        {QLatin1String("package-x-generic"), QLatin1String("kind-archive")},
        {QLatin1String("application/zip"), QLatin1String("kind-archive")},
    };
    const QString generic = type.genericIconName();
    const auto *kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind &one) {
        return generic == one.of || type.inherits(one.of);
    });
    return kind == std::end(kinds) ? QStringLiteral("kind-file") : QString(kind->picture);
}

QIcon iconOfSuffix(const QString &suffix)
{
    const QMimeType type =
        QMimeDatabase().mimeTypeForFile(QLatin1String("name.") + suffix, QMimeDatabase::MatchExtension);
    for (const QString &name : {type.iconName(), type.genericIconName()}) {
        const QIcon themed = QIcon::fromTheme(name);
        if (!themed.isNull())
            return themed;
    }
    return icon(kindOf(type));
}

} // namespace

QIcon icon(const QString &name)
{
    QIcon &known = IconStore::ofApplication().ours[name];
    if (known.isNull()) {
        const QString path = QStringLiteral(":/icons/%1.svg").arg(name);
        Q_ASSERT_X(QFile::exists(path), "icon", qUtf8Printable(name));
        known = QIcon(new SvgIconEngine(path, SvgIconEngine::Colour::OfPalette));
    }
    return known;
}

QIcon applicationIcon()
{
    QIcon &known = IconStore::ofApplication().ours[QStringLiteral("longhaul")];
    if (known.isNull())
        known = QIcon(
            new SvgIconEngine(QStringLiteral(":/icons/longhaul.svg"), SvgIconEngine::Colour::OfPicture));
    return known;
}

QIcon fileIcon(const QString &fileName)
{
    const qsizetype dot = fileName.lastIndexOf(QLatin1Char('.'));
    const QString suffix = dot < 0 ? QString() : fileName.mid(dot + 1).toLower();
    if (suffix.isEmpty() || suffix.size() > kLongestSuffix)
        return icon(QStringLiteral("kind-file"));

    QHash<QString, QIcon> &bySuffix = IconStore::ofApplication().bySuffix;
    const auto known = bySuffix.constFind(suffix);
    if (known != bySuffix.constEnd())
        return *known;
    if (bySuffix.size() >= kMostSuffixes)
        bySuffix.clear();
    return *bySuffix.insert(suffix, iconOfSuffix(suffix));
}

} // namespace longhaul

#include "icons.moc"
