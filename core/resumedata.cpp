// SPDX-License-Identifier: MIT
#include "resumedata.h"

#include "filename.h"
#include "linklife.h"
#include "plainurl.h"
#include "redirect.h"

#include <QCoreApplication>
#include <QSysInfo>
#include <QUuid>

namespace longhaul {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(longhaul::ResumeData)
};

QUrl madePlain(const QUrl &url)
{
    QUrl result = url;
    if (result.hasFragment())
        result.setFragment(QString());
    const QString scheme = result.scheme();
    if ((scheme == "http"_L1 && result.port() == 80) || (scheme == "https"_L1 && result.port() == 443))
        result.setPort(-1);
    if (result.path().isEmpty() && !result.host().isEmpty())
        result.setPath(u"/"_s);
    return asWritten(result);
}

} // namespace

const RangeSet &ResumeData::trusted(const QString &current) const
{
    return !bootId.isEmpty() && bootId == current ? received : durable;
}

QUrl normalized(const QUrl &url) { return isPlainUrl(url.toEncoded()) ? url : madePlain(url); }

QByteArray storeKey(const QUrl &url)
{
    const QByteArray text = url.toEncoded();
    return isPlainUrl(text) ? text : madePlain(url).toEncoded(); // most are plain
}

std::variant<QUrl, Error> addressOf(const QUrl &url)
{
    const QString scheme = url.scheme();
    const bool ours = scheme == "http"_L1 || scheme == "https"_L1;
    if (url.isValid() && !scheme.isEmpty() && !ours)
        return Error{ErrorCode::UnsupportedScheme, 0, scheme, {}};
    const bool may = url.isValid() && ours && !url.host().isEmpty() && url.port() != 0;
    const QUrl address = may ? normalized(url) : QUrl();
    return address.isEmpty() ? std::variant<QUrl, Error>(Error{ErrorCode::InvalidUrl, 0, {}, {}}) : address;
}

std::optional<Error> addressProblem(const QUrl &url)
{
    const auto address = addressOf(url);
    const auto *error = std::get_if<Error>(&address);
    return error ? std::optional(*error) : std::nullopt;
}

const QUrl &ParsedUrl::of(const UrlText &text)
{
    if (m_text != text) {
        m_text = text;
        m_url = text;
    }
    return m_url;
}

HeaderList headersFor(const ResumeData &data, const QUrl &url)
{
    HeaderList headers = data.options.headers;
    if (!headers.isEmpty() && !isSameOrigin(data.url, url))
        headers.removeIf([](const auto &field) { return !maySendToOthers(field.first); });
    return headers;
}

void readdress(ResumeData *data, const QUrl &url)
{
    data->options.headers = headersFor(*data, url);
    data->earlierUrls.append(data->url);
    data->url = normalized(url);
}

void shareMemory(ResumeData *data, const ResumeData &other)
{
    const auto share = [](auto &mine, const auto &theirs) {
        if (mine == theirs)
            mine = theirs;
    };
    share(data->bootId, other.bootId);
    share(data->options.folder, other.options.folder);
    share(data->entity.mediaType, other.entity.mediaType);
    share(data->entity.validators.lastModified, other.entity.validators.lastModified);
    share(data->entity.validators.date, other.entity.validators.date);
}

std::optional<ExpectedDigest> wantedDigest(const ResumeData &data)
{
    if (data.options.digest)
        return data.options.digest;
    const bool contradicts = data.twice && data.doubtful.isEmpty();
    return data.entity.digest && !contradicts ? std::optional(data.entity.digest->digest) : std::nullopt;
}

QDateTime linkDies(const ResumeData &data)
{
    return data.url.text().contains('?') ? linkDies(QUrl(data.url)) : QDateTime();
}

QString ownPart(const ResumeData &data) { return data.foreignPath.isEmpty() ? data.partPath : QString(); }

bool mayRepair(const ResumeData &data)
{
    return data.state == TaskState::Failed && data.error && data.error->code == ErrorCode::ChecksumMismatch
           && !data.partPath.isEmpty() && !data.received.isEmpty() && !data.entity.encoded;
}

QString vouchedInWords(const ResumeData &data)
{
    if (data.state != TaskState::Completed)
        return {};
    const auto kindOf = [](const ExpectedDigest &digest) { return digest.toString().section(u':', 0, 0); };
    if (data.options.digest)
        return Text::tr("the checksum that you gave (%1)").arg(kindOf(*data.options.digest));
    if (data.twice && data.entity.digest)
        return Text::tr("two equal copies from the server, whose %1 is of something else")
            .arg(digestSourceName(data.entity.digest->source));
    if (!data.entity.digest)
        return Text::tr("its size alone: nobody told a checksum");
    const auto &[digest, source] = *data.entity.digest;
    const bool isFile = source == DigestSource::HashFile || source == DigestSource::HashList;
    return (isFile ? Text::tr("%1 beside it on the server (%2)") : Text::tr("the server, by %1 (%2)"))
        .arg(digestSourceName(source), kindOf(digest));
}

QString resumableInWords(const ResumeData &data)
{
    if (data.state == TaskState::Completed)
        return Text::tr("no: the file is complete");
    if (data.isFresh() || (data.received.isEmpty() && data.durable.isEmpty()))
        return Text::tr("no: nothing is there yet");
    if (data.entity.encoded)
        return Text::tr("no: the server sends it compressed, so it must begin again");
    if (!data.entity.ranges)
        return Text::tr("not known: the server has not shown that it can send a part of the file");
    if (!data.entity.validators.forIfRange().isEmpty())
        return Text::tr("yes: the server vouches for the bytes");
    return Text::tr("yes: after comparing some bytes again");
}

QString shownName(const ResumeData &data)
{
    if (!data.targetPath.isEmpty())
        return data.targetPath.sliced(data.targetPath.lastIndexOf(QLatin1Char('/')) + 1);
    if (!data.options.name.isEmpty())
        return data.options.name;
    const QUrl url = data.url;
    const QString name = nameFromUrl(url);
    return name.isEmpty() ? url.host() : name;
}

QString currentBootId()
{
    static const QString id = [] {
        const QByteArray boot = QSysInfo::bootUniqueId();
        return boot.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces)
                              : QString::fromLatin1(boot);
    }();
    return id;
}

} // namespace longhaul
