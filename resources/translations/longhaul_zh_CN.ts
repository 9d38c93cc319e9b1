<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>longhaul::CommandLine</name>
    <message>
        <source>Usage: longhaul COMMAND [options]

Downloads that are never lost and never wrong: stop one in any way, at any moment,
and the same command continues it from its byte.

Commands:
  get URL...      fetch files, or continue them
  list            show what is known of all downloads
  remove URL...   forget downloads

  longhaul COMMAND --help   the options of a command
  longhaul --version        the version
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>longhaul: %1 See &apos;longhaul --help&apos;.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder in which the list of downloads is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--%1 takes %2, not &apos;%3&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes per second such as 500K or 1.5M</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a number from 0 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds from above 0 to 86400</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--header takes &apos;Name: value&apos; without control characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rename, overwrite or skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sha-256, sha-512, sha-1 or md5, a colon and all hexadecimal digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--checksum goes with one URL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--output goes with one URL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name or path of a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No URL is given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to fetch: http or https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder (default: the Downloads folder).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name or path of the file (one URL).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes per second for all together; K, M, G.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the file must have: sha-256, sha-512, sha-1 or md5 (one URL).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Header to send, such as &apos;Cookie: a=b&apos;; repeatable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries in a row without progress before giving up (default: 5).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long to wait for an answer or for the next byte (default: 30).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the name is taken: rename (default), overwrite or skip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print one JSON object per line: state, progress, report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print errors only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetches files, or continues them from where they stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what is known of all downloads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print one JSON object per line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;list&apos; takes no arguments.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgets downloads. Finished files always stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As given to &apos;get&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the part files too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no command.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::DesktopPage</name>
    <message>
        <source>Keep downloading when the w&amp;indow is closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start in the background when I log in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notify me when &amp;downloads have ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the computer a&amp;wake while downloading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another language takes effect at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::DownloadTask</name>
    <message>
        <source>%1 Trying again in %2 s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the network.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::Error</name>
    <message>
        <source>The folder cannot be written to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder or change its permissions, then resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, then resume: what was received is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is larger than this disk or this session allows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder on another file system or lift the limit, then resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file name is too long for this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a shorter name with --output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing to the disk failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk, then resume: what was not written is fetched again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading what was already received failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk, then resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk did not confirm that the data is safe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk, then resume: unconfirmed bytes are fetched again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finished file could not be given its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is whole in the part file: resume to try the name again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file of that name is already there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name, or allow renaming or overwriting with --on-conflict.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space or check the folder given with --state-dir, then resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s name cannot be found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address and your connection, then resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refuses connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later: the server may be down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume to continue where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later, or allow more time with --timeout.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server stopped sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not go on unless you know why: somebody may be listening, or this machine&apos;s clock is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection could be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address; the server may be too old or misconfigured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy did not let the request through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address and password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check your connection: the download goes on when it is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server denies access</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in where the link comes from, or give its headers with --header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not have this file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address, or look for a newer link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link no longer works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get a new address where the link came from: what was received is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server gave an answer that is no file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the address in a browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server redirects too often</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address may need a sign-in: open it in a browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server redirects from a secure to an insecure address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longhaul does not follow: ask the site for a secure link.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server redirects to an address that cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer cannot be understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it stays so, the server or a proxy is broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks to come back much later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume after that time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent less than it announced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent more than it announced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; if it stays so, the server is broken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server answered with a wrong part of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume to try again: nothing wrong was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file on the server changes while it is fetched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again when the file has settled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent a web page where a file was expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to the network or the site in a browser, then resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file does not have the given checksum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the checksum; the file is kept under its part name and is fetched anew on resume.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent nothing where a file was expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later: what was received is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server announced an impossible length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address is not valid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it as in https://host/path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Addresses of this kind are not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longhaul fetches http and https.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download was interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it again to continue where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new address leads to another file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was received is kept with the old address: give another new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The new address is in the list already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove that download first, or go on with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2).</source>
        <comment>a sentence, and facts</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::FetchJob</name>
    <message>
        <source>The part file is shorter than recorded: what is missing is fetched again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finished file is already in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finished file is gone: fetching it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The part file is gone: starting over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sends the whole file: comparing it with what is on disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bytes on disk are not those of the file on the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file on the server is another one from byte %1 on: fetching it from there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::GeneralPage</name>
    <message>
        <source>&amp;Folder for downloads:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the new file another name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the old file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the old file and do not download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;When a file of that name exists:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Downloads at once:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often to try again without any progress before a download fails.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;tries before giving up:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long to wait for an answer or for the next byte.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to wait for a &amp;server:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;hoose...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder for downloads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for Downloads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the whole path of the folder for downloads, such as %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::GetCommandRun</name>
    <message>
        <source>Continuing where it was begun: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: already complete, %2
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 in %3 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 of it kept from before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: skipped, %2 is already there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted: run it again to continue.
</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::Main</name>
    <message>
        <source>longhaul: Another Longhaul is using %1: wait for it to end, or give another folder with --state-dir.
</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::NetworkPage</name>
    <message>
        <source>&amp;Limit the total speed to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections to one s&amp;erver:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download on &amp;metered networks too, such as mobile data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit the total speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total speed at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the total speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KiB/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiB/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GiB/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SOCKS5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Proxy:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Host:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Por&amp;t:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>where the proxy asks for one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the name or the address of the proxy, such as proxy.example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the port of the proxy, such as 8080.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::Output</name>
    <message>
        <source>queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 next try in %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::ResumeStore</name>
    <message>
        <source>The list of downloads in %1 is in use by another process.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A download was left out: &quot;%1&quot; is no address.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Des&amp;ktop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::Store</name>
    <message>
        <source>longhaul: %1: It is not in the list.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>longhaul: %1: %2 cannot be deleted.
</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::StoreFiles</name>
    <message>
        <source>The folder %1 cannot be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file %1 was kept as %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file %1 could not be kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads was written by a newer version of Longhaul; what this version does not know may be lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads was damaged; what was missing came from the one before it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads was damaged; some downloads may be missing from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some of the latest changes to the list of downloads were damaged; a download may go on from an earlier point.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads in %1 cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads could not be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads was removed while it was in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk did not confirm that the list of downloads is safe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of downloads could not be renamed to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file %1 could not be removed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>longhaul::Words</name>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
