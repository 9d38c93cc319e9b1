// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <QVarLengthArray>

#include <optional>

// JSON (RFC 8259) without a tree: for records, of which there may be a hundred thousand. What is written in
// an unusual way is left to Qt. Pure functions and values; any thread.
namespace longhaul {

// The object that `text` is, as QJsonDocument reads it and writes it compactly: `text` itself where it is
// written so. Empty where it is no JSON object.
QByteArray compactJson(const QByteArray &text);

// Where the value that begins at `start` ends in a compact text; -1 when it does not. In a text that is no
// JSON: somewhere.
qsizetype endOfJson(QByteArrayView text, qsizetype start);

class JsonObjectView;

// A value where it stands in a compact text (compactJson), which must outlive it. What is of another kind
// than is asked for gives the default, as with QJsonValue. Of a text that is no JSON, it is part of it.
class JsonView
{
public:
    JsonView() = default; // of nothing: no kind
    explicit JsonView(QByteArrayView text)
        : m_text(text)
    {}

    bool isString() const { return m_text.startsWith('"'); }
    bool isBool() const { return m_text.startsWith('t') || m_text.startsWith('f'); }
    // A string in whose text there is nothing to decode but quotes and backslashes, as in most; else nothing.
    std::optional<QByteArray> plainUtf8() const;
    QString toString() const;
    bool toBool() const { return m_text.startsWith('t'); }
    qint64 toInteger(qint64 otherwise = 0) const;
    QVarLengthArray<JsonView, 4> toArray() const;
    JsonObjectView toObject() const;
    QJsonValue toValue() const; // all that is in it

    // A string between its quotes, as it is written.
    QByteArrayView written() const { return m_text.sliced(1, m_text.size() - 2); }

private:
    QByteArrayView m_text;
};

struct JsonMember {
    JsonView name;
    JsonView value;
};

class JsonObjectView
{
public:
    // `name` is one that JSON writes as it is.
    JsonView value(QByteArrayView name) const;
    void append(const JsonMember &member) { m_members.append(member); }
    auto begin() const { return m_members.begin(); }
    auto end() const { return m_members.end(); }

private:
    QVarLengthArray<JsonMember, 32> m_members;
};

// The text of an object, compact. Members must be put in the order of their names' bytes, names be such that
// JSON writes them as they are: it is then to the byte what QJsonDocument would write.
class JsonObjectText
{
public:
    // `size`: bytes that it will surely have.
    explicit JsonObjectText(qsizetype size = 0);
    void put(QByteArrayView name, QByteArrayView json);
    void putText(QByteArrayView name, QStringView text); // an empty one is left out
    void putLatin1(QByteArrayView name, QByteArrayView text);
    void putNumber(QByteArrayView name, qint64 number) { put(name, QByteArray::number(number)); }
    void putTrue(QByteArrayView name, bool value); // false is left out
    bool isEmpty() const { return m_text.size() == 1; }
    QByteArray text() const { return m_text + '}'; }

private:
    void putName(QByteArrayView name);

    QByteArray m_text;
};

// A string with its quotes, appended.
void appendJsonString(QByteArray *json, QStringView text);

} // namespace longhaul
