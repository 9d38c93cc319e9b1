<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>是(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>否(&amp;N)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
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
        <translation>用法：longhaul 命令 [选项]

下载绝不丢失，绝不出错：无论何时以何种方式中断，
再次运行同一命令都会从中断的字节处继续。

命令：
  get URL...      下载文件，或继续下载
  list            显示所有下载的情况
  remove URL...   从列表中移除下载

  longhaul 命令 --help      该命令的选项
  longhaul --version        版本
</translation>
    </message>
    <message>
        <source>longhaul: %1 See &apos;longhaul --help&apos;.
</source>
        <translation>longhaul：%1 请参阅“longhaul --help”。
</translation>
    </message>
    <message>
        <source>Folder in which the list of downloads is kept.</source>
        <translation>保存下载列表的文件夹。</translation>
    </message>
    <message>
        <source>--%1 takes %2, not &apos;%3&apos;.</source>
        <translation>--%1 需要%2，而不是“%3”。</translation>
    </message>
    <message>
        <source>bytes per second such as 500K or 1.5M</source>
        <translation>每秒字节数，例如 500K 或 1.5M</translation>
    </message>
    <message>
        <source>a number from 0 on</source>
        <translation>不小于 0 的数字</translation>
    </message>
    <message>
        <source>seconds from above 0 to 86400</source>
        <translation>大于 0 且不超过 86400 的秒数</translation>
    </message>
    <message>
        <source>--header takes &apos;Name: value&apos; without control characters.</source>
        <translation>--header 需要“名称: 值”的形式，且不能含有控制字符。</translation>
    </message>
    <message>
        <source>rename, overwrite or skip</source>
        <translation>rename、overwrite 或 skip</translation>
    </message>
    <message>
        <source>sha-256, sha-512, sha-1 or md5, a colon and all hexadecimal digits</source>
        <translation>sha-256、sha-512、sha-1 或 md5，后跟冒号和完整的十六进制数字</translation>
    </message>
    <message>
        <source>--checksum goes with one URL.</source>
        <translation>--checksum 只能用于一个 URL。</translation>
    </message>
    <message>
        <source>--output goes with one URL.</source>
        <translation>--output 只能用于一个 URL。</translation>
    </message>
    <message>
        <source>the name or path of a file</source>
        <translation>文件名或文件路径</translation>
    </message>
    <message>
        <source>No URL is given.</source>
        <translation>没有给出 URL。</translation>
    </message>
    <message>
        <source>What to fetch: http or https.</source>
        <translation>要下载的地址：http 或 https。</translation>
    </message>
    <message>
        <source>Folder (default: the Downloads folder).</source>
        <translation>文件夹（默认：“下载”文件夹）。</translation>
    </message>
    <message>
        <source>Name or path of the file (one URL).</source>
        <translation>文件名或文件路径（仅限一个 URL）。</translation>
    </message>
    <message>
        <source>Bytes per second for all together; K, M, G.</source>
        <translation>所有下载合计的每秒字节数；可用 K、M、G。</translation>
    </message>
    <message>
        <source>What the file must have: sha-256, sha-512, sha-1 or md5 (one URL).</source>
        <translation>文件必须符合的校验值：sha-256、sha-512、sha-1 或 md5（仅限一个 URL）。</translation>
    </message>
    <message>
        <source>Header to send, such as &apos;Cookie: a=b&apos;; repeatable.</source>
        <translation>要发送的标头，例如“Cookie: a=b”；可重复使用。</translation>
    </message>
    <message>
        <source>Tries in a row without progress before giving up (default: 5).</source>
        <translation>连续多少次尝试没有进展后放弃（默认：5）。</translation>
    </message>
    <message>
        <source>How long to wait for an answer or for the next byte (default: 30).</source>
        <translation>等待应答或下一个字节的时间（默认：30）。</translation>
    </message>
    <message>
        <source>When the name is taken: rename (default), overwrite or skip.</source>
        <translation>文件名已被占用时：rename（默认，改名）、overwrite（覆盖）或 skip（跳过）。</translation>
    </message>
    <message>
        <source>Print one JSON object per line: state, progress, report.</source>
        <translation>每行输出一个 JSON 对象：state、progress、report。</translation>
    </message>
    <message>
        <source>Print errors only.</source>
        <translation>只输出错误。</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Fetches files, or continues them from where they stopped.</source>
        <translation>下载文件，或从中断处继续下载。</translation>
    </message>
    <message>
        <source>Shows what is known of all downloads.</source>
        <translation>显示所有下载的情况。</translation>
    </message>
    <message>
        <source>Print one JSON object per line.</source>
        <translation>每行输出一个 JSON 对象。</translation>
    </message>
    <message>
        <source>&apos;list&apos; takes no arguments.</source>
        <translation>“list”不接受参数。</translation>
    </message>
    <message>
        <source>Forgets downloads. Finished files always stay.</source>
        <translation>从列表中移除下载。已完成的文件始终保留。</translation>
    </message>
    <message>
        <source>As given to &apos;get&apos;.</source>
        <translation>与传给“get”的相同。</translation>
    </message>
    <message>
        <source>Delete the part files too.</source>
        <translation>同时删除未完成的部分文件。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no command.</source>
        <translation>“%1”不是有效的命令。</translation>
    </message>
</context>
<context>
    <name>longhaul::DesktopSettingsPage</name>
    <message>
        <source>Keep downloading when the w&amp;indow is closed</source>
        <translation>关闭窗口后继续下载(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Start in the background when I log in</source>
        <translation>登录时在后台启动(&amp;S)</translation>
    </message>
    <message>
        <source>Notify me when &amp;downloads have ended</source>
        <translation>下载结束时通知我(&amp;D)</translation>
    </message>
    <message>
        <source>Keep the computer a&amp;wake while downloading</source>
        <translation>下载时防止计算机休眠(&amp;W)</translation>
    </message>
    <message>
        <source>As the desktop says</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>Another language takes effect at the next start.</source>
        <translation>更改语言后，下次启动时生效。</translation>
    </message>
</context>
<context>
    <name>longhaul::DownloadTask</name>
    <message>
        <source>%1 Trying again in %2 s.</source>
        <translation>%1将在 %2 秒后重试。</translation>
    </message>
    <message>
        <source>Waiting for the network.</source>
        <translation>正在等待网络。</translation>
    </message>
</context>
<context>
    <name>longhaul::Error</name>
    <message>
        <source>The folder cannot be written to</source>
        <translation>无法写入该文件夹</translation>
    </message>
    <message>
        <source>Choose another folder or change its permissions, then resume.</source>
        <translation>请选择其他文件夹或更改其权限，然后继续下载。</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Free some space, then resume: what was received is kept.</source>
        <translation>请腾出一些空间，然后继续下载：已接收的内容会保留。</translation>
    </message>
    <message>
        <source>The file is larger than this disk or this session allows</source>
        <translation>文件大小超出此磁盘或此会话的限制</translation>
    </message>
    <message>
        <source>Choose a folder on another file system or lift the limit, then resume.</source>
        <translation>请选择其他文件系统上的文件夹或解除限制，然后继续下载。</translation>
    </message>
    <message>
        <source>The file name is too long for this folder</source>
        <translation>文件名对此文件夹而言过长</translation>
    </message>
    <message>
        <source>Give a shorter name with --output.</source>
        <translation>请用 --output 指定较短的名称。</translation>
    </message>
    <message>
        <source>Writing to the disk failed</source>
        <translation>写入磁盘失败</translation>
    </message>
    <message>
        <source>Check the disk, then resume: what was not written is fetched again.</source>
        <translation>请检查磁盘，然后继续下载：未写入的内容会重新下载。</translation>
    </message>
    <message>
        <source>Reading what was already received failed</source>
        <translation>读取已接收的内容失败</translation>
    </message>
    <message>
        <source>Check the disk, then resume.</source>
        <translation>请检查磁盘，然后继续下载。</translation>
    </message>
    <message>
        <source>The disk did not confirm that the data is safe</source>
        <translation>磁盘未确认数据已安全保存</translation>
    </message>
    <message>
        <source>Check the disk, then resume: unconfirmed bytes are fetched again.</source>
        <translation>请检查磁盘，然后继续下载：未确认的字节会重新下载。</translation>
    </message>
    <message>
        <source>The finished file could not be given its name</source>
        <translation>无法为已完成的文件命名</translation>
    </message>
    <message>
        <source>The data is whole in the part file: resume to try the name again.</source>
        <translation>部分文件中的数据是完整的：继续下载即可再次尝试命名。</translation>
    </message>
    <message>
        <source>A file of that name is already there</source>
        <translation>已存在同名文件</translation>
    </message>
    <message>
        <source>Choose another name, or allow renaming or overwriting with --on-conflict.</source>
        <translation>请选择其他名称，或用 --on-conflict 允许改名或覆盖。</translation>
    </message>
    <message>
        <source>The list of downloads cannot be written</source>
        <translation>无法写入下载列表</translation>
    </message>
    <message>
        <source>Free some space or check the folder given with --state-dir, then resume.</source>
        <translation>请腾出一些空间或检查 --state-dir 指定的文件夹，然后继续下载。</translation>
    </message>
    <message>
        <source>The server&apos;s name cannot be found</source>
        <translation>找不到服务器</translation>
    </message>
    <message>
        <source>Check the address and your connection, then resume.</source>
        <translation>请检查地址和网络连接，然后继续下载。</translation>
    </message>
    <message>
        <source>The server refuses connections</source>
        <translation>服务器拒绝连接</translation>
    </message>
    <message>
        <source>Try again later: the server may be down.</source>
        <translation>请稍后重试：服务器可能已停止运行。</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>Resume to continue where it stopped.</source>
        <translation>继续下载即可从中断处接着进行。</translation>
    </message>
    <message>
        <source>The server did not answer in time</source>
        <translation>服务器没有及时应答</translation>
    </message>
    <message>
        <source>Try again later, or allow more time with --timeout.</source>
        <translation>请稍后重试，或用 --timeout 延长等待时间。</translation>
    </message>
    <message>
        <source>The server stopped sending</source>
        <translation>服务器停止发送数据</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted</source>
        <translation>服务器的证书不受信任</translation>
    </message>
    <message>
        <source>Do not go on unless you know why: somebody may be listening, or this machine&apos;s clock is wrong.</source>
        <translation>除非清楚原因，否则不要继续：可能有人在窃听，或者本机时钟不准确。</translation>
    </message>
    <message>
        <source>No secure connection could be made</source>
        <translation>无法建立安全连接</translation>
    </message>
    <message>
        <source>Check the address; the server may be too old or misconfigured.</source>
        <translation>请检查地址；服务器可能过于陈旧或配置有误。</translation>
    </message>
    <message>
        <source>The proxy did not let the request through</source>
        <translation>代理未放行请求</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address and password.</source>
        <translation>请检查代理的地址和密码。</translation>
    </message>
    <message>
        <source>The network cannot be reached</source>
        <translation>无法连接到网络</translation>
    </message>
    <message>
        <source>Check your connection: the download goes on when it is back.</source>
        <translation>请检查网络连接：恢复后会自动继续下载。</translation>
    </message>
    <message>
        <source>The server denies access</source>
        <translation>服务器拒绝访问</translation>
    </message>
    <message>
        <source>Sign in where the link comes from, or give its headers with --header.</source>
        <translation>请在链接的来源网站登录，或用 --header 提供所需的标头。</translation>
    </message>
    <message>
        <source>The server does not have this file</source>
        <translation>服务器上没有此文件</translation>
    </message>
    <message>
        <source>Check the address, or look for a newer link.</source>
        <translation>请检查地址，或寻找更新的链接。</translation>
    </message>
    <message>
        <source>The server is busy</source>
        <translation>服务器繁忙</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation>服务器出错</translation>
    </message>
    <message>
        <source>The link no longer works</source>
        <translation>链接已失效</translation>
    </message>
    <message>
        <source>Get a new address where the link came from: what was received is kept.</source>
        <translation>请到链接的来源处获取新地址：已接收的内容会保留。</translation>
    </message>
    <message>
        <source>The server gave an answer that is no file</source>
        <translation>服务器的应答不是文件</translation>
    </message>
    <message>
        <source>Check the address in a browser.</source>
        <translation>请在浏览器中检查该地址。</translation>
    </message>
    <message>
        <source>The server redirects too often</source>
        <translation>服务器重定向次数过多</translation>
    </message>
    <message>
        <source>The address may need a sign-in: open it in a browser.</source>
        <translation>该地址可能需要登录：请在浏览器中打开。</translation>
    </message>
    <message>
        <source>The server redirects from a secure to an insecure address</source>
        <translation>服务器从安全地址重定向到了不安全的地址</translation>
    </message>
    <message>
        <source>Longhaul does not follow: ask the site for a secure link.</source>
        <translation>Longhaul 不会跟随：请向网站索取安全链接。</translation>
    </message>
    <message>
        <source>The server redirects to an address that cannot be used</source>
        <translation>服务器重定向到了无法使用的地址</translation>
    </message>
    <message>
        <source>The server&apos;s answer cannot be understood</source>
        <translation>无法理解服务器的应答</translation>
    </message>
    <message>
        <source>Try again; if it stays so, the server or a proxy is broken.</source>
        <translation>请重试；如果仍然如此，则是服务器或代理有故障。</translation>
    </message>
    <message>
        <source>The server asks to come back much later</source>
        <translation>服务器要求过很久再来</translation>
    </message>
    <message>
        <source>Resume after that time.</source>
        <translation>请在那之后继续下载。</translation>
    </message>
    <message>
        <source>The server sent less than it announced</source>
        <translation>服务器发送的数据少于其声明的大小</translation>
    </message>
    <message>
        <source>The server sent more than it announced</source>
        <translation>服务器发送的数据多于其声明的大小</translation>
    </message>
    <message>
        <source>Try again; if it stays so, the server is broken.</source>
        <translation>请重试；如果仍然如此，则是服务器有故障。</translation>
    </message>
    <message>
        <source>The server answered with a wrong part of the file</source>
        <translation>服务器返回了文件的错误部分</translation>
    </message>
    <message>
        <source>Resume to try again: nothing wrong was written.</source>
        <translation>继续下载即可重试：没有写入任何错误数据。</translation>
    </message>
    <message>
        <source>The file on the server changes while it is fetched</source>
        <translation>服务器上的文件在下载过程中发生了变化</translation>
    </message>
    <message>
        <source>Try again when the file has settled.</source>
        <translation>请在文件不再变化后重试。</translation>
    </message>
    <message>
        <source>The server sent a web page where a file was expected</source>
        <translation>服务器发送的是网页而不是文件</translation>
    </message>
    <message>
        <source>Sign in to the network or the site in a browser, then resume.</source>
        <translation>请在浏览器中登录网络或网站，然后继续下载。</translation>
    </message>
    <message>
        <source>The file does not have the given checksum</source>
        <translation>文件与给定的校验值不符</translation>
    </message>
    <message>
        <source>Check the checksum; the file is kept under its part name and is fetched anew on resume.</source>
        <translation>请核对校验值；文件以部分文件名保留，继续下载时会重新下载。</translation>
    </message>
    <message>
        <source>The server sent nothing where a file was expected</source>
        <translation>服务器没有发送任何内容</translation>
    </message>
    <message>
        <source>Try again later: what was received is kept.</source>
        <translation>请稍后重试：已接收的内容会保留。</translation>
    </message>
    <message>
        <source>The server announced an impossible length</source>
        <translation>服务器声明的长度不可能</translation>
    </message>
    <message>
        <source>The address is not valid</source>
        <translation>地址无效</translation>
    </message>
    <message>
        <source>Give it as in https://host/path.</source>
        <translation>请按 https://主机/路径 的形式填写。</translation>
    </message>
    <message>
        <source>Addresses of this kind are not supported</source>
        <translation>不支持此类地址</translation>
    </message>
    <message>
        <source>Longhaul fetches http and https.</source>
        <translation>Longhaul 支持 http 和 https。</translation>
    </message>
    <message>
        <source>The download was interrupted</source>
        <translation>下载被中断</translation>
    </message>
    <message>
        <source>Run it again to continue where it stopped.</source>
        <translation>再次运行即可从中断处继续。</translation>
    </message>
    <message>
        <source>The new address leads to another file</source>
        <translation>新地址指向的是另一个文件</translation>
    </message>
    <message>
        <source>What was received is kept with the old address: give another new one.</source>
        <translation>已接收的内容随旧地址保留：请提供另一个新地址。</translation>
    </message>
    <message>
        <source>The new address is in the list already</source>
        <translation>新地址已在列表中</translation>
    </message>
    <message>
        <source>Remove that download first, or go on with it.</source>
        <translation>请先移除那个下载，或继续使用它。</translation>
    </message>
    <message>
        <source>%1.</source>
        <comment>a sentence</comment>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1 (%2).</source>
        <comment>a sentence, and facts</comment>
        <translation>%1（%2）。</translation>
    </message>
</context>
<context>
    <name>longhaul::FetchJob</name>
    <message>
        <source>The part file is shorter than recorded: what is missing is fetched again.</source>
        <translation>部分文件比记录的短：缺失的内容会重新下载。</translation>
    </message>
    <message>
        <source>The finished file is already in its place.</source>
        <translation>已完成的文件已在其位置上。</translation>
    </message>
    <message>
        <source>The finished file is gone: fetching it again.</source>
        <translation>已完成的文件不见了：正在重新下载。</translation>
    </message>
    <message>
        <source>The part file is gone: starting over.</source>
        <translation>部分文件不见了：正在从头开始。</translation>
    </message>
    <message>
        <source>The server sends the whole file: comparing it with what is on disk.</source>
        <translation>服务器发送的是整个文件：正在与磁盘上的内容比较。</translation>
    </message>
    <message>
        <source>The bytes on disk are not those of the file on the server.</source>
        <translation>磁盘上的字节与服务器上的文件不一致。</translation>
    </message>
    <message>
        <source>The file on the server is another one from byte %1 on: fetching it from there.</source>
        <translation>服务器上的文件从第 %1 字节起不同：从该处开始下载。</translation>
    </message>
</context>
<context>
    <name>longhaul::GeneralSettingsPage</name>
    <message>
        <source>&amp;Folder for downloads:</source>
        <translation>下载文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>Give the new file another name</source>
        <translation>为新文件改名</translation>
    </message>
    <message>
        <source>Replace the old file</source>
        <translation>替换旧文件</translation>
    </message>
    <message>
        <source>Keep the old file and do not download</source>
        <translation>保留旧文件，不下载</translation>
    </message>
    <message>
        <source>&amp;When a file of that name exists:</source>
        <translation>存在同名文件时(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Downloads at once:</source>
        <translation>同时下载数(&amp;D)：</translation>
    </message>
    <message>
        <source>How often to try again without any progress before a download fails.</source>
        <translation>在没有任何进展的情况下，重试多少次后判定下载失败。</translation>
    </message>
    <message>
        <source>Re&amp;tries before giving up:</source>
        <translation>放弃前的重试次数(&amp;T)：</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>How long to wait for an answer or for the next byte.</source>
        <translation>等待应答或下一个字节的时间。</translation>
    </message>
    <message>
        <source>Time to wait for a &amp;server:</source>
        <translation>等待服务器的时间(&amp;S)：</translation>
    </message>
    <message>
        <source>Choose the folder for downloads</source>
        <translation>选择下载文件夹</translation>
    </message>
    <message>
        <source>Folder for Downloads</source>
        <translation>下载文件夹</translation>
    </message>
    <message>
        <source>Give the whole path of the folder for downloads, such as %1.</source>
        <translation>请填写下载文件夹的完整路径，例如 %1。</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
</context>
<context>
    <name>longhaul::GetCommandRun</name>
    <message>
        <source>Continuing where it was begun: %1</source>
        <translation>在原来的位置继续：%1</translation>
    </message>
    <message>
        <source>%1: already complete, %2
</source>
        <translation>%1：已完成，%2
</translation>
    </message>
    <message>
        <source>%1: %2 in %3 s</source>
        <translation>%1：%2，用时 %3 秒</translation>
    </message>
    <message>
        <source>, %1 of it kept from before</source>
        <translation>，其中 %1 是之前保留的</translation>
    </message>
    <message>
        <source>%1: skipped, %2 is already there.</source>
        <translation>%1：已跳过，%2 已存在。</translation>
    </message>
    <message>
        <source>Interrupted: run it again to continue.
</source>
        <translation>已中断：再次运行即可继续。
</translation>
    </message>
</context>
<context>
    <name>longhaul::Main</name>
    <message>
        <source>longhaul: Another Longhaul is using %1: wait for it to end, or give another folder with --state-dir.
</source>
        <translation>longhaul：另一个 Longhaul 正在使用 %1：请等它结束，或用 --state-dir 指定其他文件夹。
</translation>
    </message>
</context>
<context>
    <name>longhaul::NetworkSettingsPage</name>
    <message>
        <source>&amp;Limit the total speed to</source>
        <translation>总速度限制为(&amp;L)</translation>
    </message>
    <message>
        <source>Connections to one s&amp;erver:</source>
        <translation>每个服务器的连接数(&amp;E)：</translation>
    </message>
    <message>
        <source>Download on &amp;metered networks too, such as mobile data</source>
        <translation>在按流量计费的网络（如移动数据）上也下载(&amp;M)</translation>
    </message>
    <message>
        <source>Limit the total speed</source>
        <translation>限制总速度</translation>
    </message>
    <message>
        <source>Total speed at most</source>
        <translation>最大总速度</translation>
    </message>
    <message>
        <source>Unit of the total speed</source>
        <translation>总速度的单位</translation>
    </message>
    <message>
        <source>KiB/s</source>
        <translation>KiB/s</translation>
    </message>
    <message>
        <source>MiB/s</source>
        <translation>MiB/s</translation>
    </message>
    <message>
        <source>GiB/s</source>
        <translation>GiB/s</translation>
    </message>
    <message>
        <source>As the desktop says</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用代理</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>SOCKS5</source>
        <translation>SOCKS5</translation>
    </message>
    <message>
        <source>&amp;Proxy:</source>
        <translation>代理(&amp;P)：</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>未填写</translation>
    </message>
    <message>
        <source>where the proxy asks for one</source>
        <translation>代理要求时填写</translation>
    </message>
    <message>
        <source>Give the name or the address of the proxy, such as proxy.example.org.</source>
        <translation>请填写代理的主机名或地址，例如 proxy.example.org。</translation>
    </message>
    <message>
        <source>Give the port of the proxy, such as 8080.</source>
        <translation>请填写代理的端口，例如 8080。</translation>
    </message>
    <message>
        <source>Proxy &amp;host:</source>
        <translation>代理主机(&amp;H)：</translation>
    </message>
    <message>
        <source>Proxy por&amp;t:</source>
        <translation>代理端口(&amp;T)：</translation>
    </message>
    <message>
        <source>Proxy &amp;user:</source>
        <translation>代理用户名(&amp;U)：</translation>
    </message>
    <message>
        <source>Proxy pass&amp;word:</source>
        <translation>代理密码(&amp;W)：</translation>
    </message>
</context>
<context>
    <name>longhaul::Output</name>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>正在校验</translation>
    </message>
    <message>
        <source>%1 next try in %2 s</source>
        <translation>%1%2 秒后重试</translation>
    </message>
    <message>
        <source>waiting for the network</source>
        <translation>正在等待网络</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>longhaul::ResumeStore</name>
    <message>
        <source>The list of downloads in %1 is in use by another process.</source>
        <translation>%1 中的下载列表正被另一个进程使用。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to.</source>
        <translation>无法写入文件夹 %1。</translation>
    </message>
    <message>
        <source>A download was left out: &quot;%1&quot; is no address.</source>
        <translation>已忽略一个下载：“%1”不是地址。</translation>
    </message>
</context>
<context>
    <name>longhaul::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>常规(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>Des&amp;ktop</source>
        <translation>桌面(&amp;K)</translation>
    </message>
</context>
<context>
    <name>longhaul::Store</name>
    <message>
        <source>longhaul: %1: It is not in the list.
</source>
        <translation>longhaul：%1：不在列表中。
</translation>
    </message>
    <message>
        <source>longhaul: %1: %2 cannot be deleted.
</source>
        <translation>longhaul：%1：无法删除 %2。
</translation>
    </message>
</context>
<context>
    <name>longhaul::StoreFiles</name>
    <message>
        <source>The folder %1 cannot be made</source>
        <translation>无法创建文件夹 %1</translation>
    </message>
    <message>
        <source>The file %1 was kept as %2.</source>
        <translation>文件 %1 已另存为 %2。</translation>
    </message>
    <message>
        <source>The file %1 could not be kept.</source>
        <translation>无法保留文件 %1。</translation>
    </message>
    <message>
        <source>The list of downloads was written by a newer version of Longhaul; what this version does not know may be lost.</source>
        <translation>下载列表由较新版本的 Longhaul 写入；此版本不认识的内容可能会丢失。</translation>
    </message>
    <message>
        <source>The list of downloads was damaged; what was missing came from the one before it.</source>
        <translation>下载列表已损坏；缺失的内容取自上一份列表。</translation>
    </message>
    <message>
        <source>The list of downloads was damaged; some downloads may be missing from it.</source>
        <translation>下载列表已损坏；其中可能缺少一些下载。</translation>
    </message>
    <message>
        <source>Some of the latest changes to the list of downloads were damaged; a download may go on from an earlier point.</source>
        <translation>下载列表最近的部分更改已损坏；下载可能会从较早的位置继续。</translation>
    </message>
    <message>
        <source>The list of downloads in %1 cannot be written</source>
        <translation>无法写入 %1 中的下载列表</translation>
    </message>
    <message>
        <source>The list of downloads could not be written</source>
        <translation>无法写入下载列表</translation>
    </message>
    <message>
        <source>The list of downloads was removed while it was in use</source>
        <translation>下载列表在使用过程中被删除</translation>
    </message>
    <message>
        <source>The disk did not confirm that the list of downloads is safe</source>
        <translation>磁盘未确认下载列表已安全保存</translation>
    </message>
    <message>
        <source>The list of downloads could not be renamed to %1</source>
        <translation>无法将下载列表重命名为 %1</translation>
    </message>
    <message>
        <source>The file %1 could not be removed</source>
        <translation>无法删除文件 %1</translation>
    </message>
</context>
<context>
    <name>longhaul::Words</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
</context>
</TS>
