<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>longhaul::AddDialog</name>
    <message numerus="yes">
        <source>%n address(es): each becomes a download of its own.</source>
        <translation>
            <numerusform>%n address: it becomes a download of its own.</numerusform>
            <numerusform>%n addresses: each becomes a download of its own.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::AddFlow</name>
    <message numerus="yes">
        <source>%n download(s) already in the list: shown there.</source>
        <translation>
            <numerusform>%n download is already in the list: shown there.</numerusform>
            <numerusform>%n downloads are already in the list: shown there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::LinkListDialog</name>
    <message numerus="yes">
        <source>&amp;Download %n file(s)</source>
        <translation>
            <numerusform>&amp;Download %n file</numerusform>
            <numerusform>&amp;Download %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::MainWindow</name>
    <message numerus="yes">
        <source>%n downloads were removed from the list; their files stay.</source>
        <translation>
            <numerusform>%n download was removed from the list; its file stays.</numerusform>
            <numerusform>%n downloads were removed from the list; their files stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::Notifier</name>
    <message numerus="yes">
        <source>%n download(s) finished</source>
        <translation>
            <numerusform>%n download finished</numerusform>
            <numerusform>%n downloads finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) failed</source>
        <translation>
            <numerusform>%n download failed</numerusform>
            <numerusform>%n downloads failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::Overall</name>
    <message numerus="yes">
        <source>%n download(s) waiting</source>
        <translation>
            <numerusform>%n download waiting</numerusform>
            <numerusform>%n downloads waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s), %1</source>
        <translation>
            <numerusform>%n download, %1</numerusform>
            <numerusform>%n downloads, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s), %1 %, %2</source>
        <translation>
            <numerusform>%n download, %1 %, %2</numerusform>
            <numerusform>%n downloads, %1 %, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::PiecesMap</name>
    <message numerus="yes">
        <source>%1 received in %n piece(s). The size of the file is not known.</source>
        <translation>
            <numerusform>%1 received in %n piece. The size of the file is not known.</numerusform>
            <numerusform>%1 received in %n pieces. The size of the file is not known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 received in %n piece(s).</source>
        <translation>
            <numerusform>%1 of %2 received in %n piece.</numerusform>
            <numerusform>%1 of %2 received in %n pieces.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) in flight.</source>
        <translation>
            <numerusform>%n piece in flight.</numerusform>
            <numerusform>%n pieces in flight.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::PropertiesDialog</name>
    <message numerus="yes">
        <source>%n download(s)</source>
        <translation>
            <numerusform>%n download</numerusform>
            <numerusform>%n downloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::ResumeStore</name>
    <message numerus="yes">
        <source>%n download(s) were left out: what they have is no address.</source>
        <translation>
            <numerusform>%n download was left out: what it has is no address.</numerusform>
            <numerusform>%n downloads were left out: what they have is no address.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::Segments</name>
    <message numerus="yes">
        <source>The server gives no more than %n connection(s).</source>
        <translation>
            <numerusform>The server gives no more than %n connection.</numerusform>
            <numerusform>The server gives no more than %n connections.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::StatusLine</name>
    <message numerus="yes">
        <source>%L1 of %Ln download(s) active</source>
        <translation>
            <numerusform>%L1 of %Ln download active</numerusform>
            <numerusform>%L1 of %Ln downloads active</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::TaskQuestions</name>
    <message numerus="yes">
        <source>Move the files of %n download(s) to the trash?</source>
        <translation>
            <numerusform>Move the file of %n download to the trash?</numerusform>
            <numerusform>Move the files of %n downloads to the trash?</numerusform>
        </translation>
    </message>
</context>
</TS>
