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
    <name>longhaul::Actions</name>
    <message>
        <source>&amp;Add…</source>
        <translation>添加(&amp;A)…</translation>
    </message>
    <message>
        <source>Add from &amp;clipboard</source>
        <translation>从剪贴板添加(&amp;C)</translation>
    </message>
    <message>
        <source>Add from &amp;file…</source>
        <translation>从文件添加(&amp;F)…</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Start over</source>
        <translation>重新下载(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Copy address</source>
        <translation>复制地址(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;New address…</source>
        <translation>新地址(&amp;N)…</translation>
    </message>
    <message>
        <source>Check c&amp;hecksum…</source>
        <translation>核对校验值(&amp;H)…</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重命名(&amp;N)…</translation>
    </message>
    <message>
        <source>Allow on &amp;metered networks</source>
        <translation>允许在按流量计费的网络上下载(&amp;M)</translation>
    </message>
    <message>
        <source>Re&amp;move from list</source>
        <translation>从列表中移除(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Delete file…</source>
        <translation>删除文件(&amp;D)…</translation>
    </message>
    <message>
        <source>R&amp;esume all</source>
        <translation>全部继续(&amp;E)</translation>
    </message>
    <message>
        <source>P&amp;ause all</source>
        <translation>全部暂停(&amp;A)</translation>
    </message>
    <message>
        <source>Remove all fi&amp;nished from list</source>
        <translation>从列表中移除所有已完成的下载(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Undo remove</source>
        <translation>撤销移除(&amp;U)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>查找(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Limit speed</source>
        <translation>限制速度(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>详细信息(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Groups</source>
        <translation>分组(&amp;G)</translation>
    </message>
    <message>
        <source>Close &amp;window</source>
        <translation>关闭窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;About Longhaul</source>
        <translation>关于 Longhaul(&amp;A)</translation>
    </message>
    <message>
        <source>Move to &amp;top</source>
        <translation>移到最前(&amp;T)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message>
        <source>Move to &amp;bottom</source>
        <translation>移到最后(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;High</source>
        <translation>高(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation>普通(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Low</source>
        <translation>低(&amp;L)</translation>
    </message>
    <message>
        <source>Propert&amp;ies…</source>
        <translation>属性(&amp;I)…</translation>
    </message>
    <message>
        <source>R&amp;epair</source>
        <translation>修复(&amp;E)</translation>
    </message>
</context>
<context>
    <name>longhaul::AddDialog</name>
    <message>
        <source>Add Download</source>
        <translation>添加下载</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>&amp;Address:</source>
        <translation>地址(&amp;A)：</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>Name of the file</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;More options</source>
        <translation>更多选项(&amp;M)</translation>
    </message>
    <message>
        <source>Chec&amp;ksum:</source>
        <translation>校验值(&amp;K)：</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>下载(&amp;D)</translation>
    </message>
    <message>
        <source>As the server calls it</source>
        <translation>由服务器决定</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es): each becomes a download of its own.</source>
        <translation>
            <numerusform>%n 个地址：每个地址都会成为一个单独的下载。</numerusform>
        </translation>
    </message>
    <message>
        <source>The name must be that of a file: no slashes, and not too long.</source>
        <translation>请填写有效的文件名：不能含有斜杠，也不能过长。</translation>
    </message>
    <message>
        <source>H&amp;eaders:</source>
        <translation>标头(&amp;E)：</translation>
    </message>
    <message>
        <source>Continue File</source>
        <translation>继续下载文件</translation>
    </message>
    <message>
        <source>“%1” is continued in its folder, if it is a part of the file at this address. If not, it stays as it is.</source>
        <translation>如果“%1”是该地址上文件的一部分，就在原文件夹中继续下载；否则保持原样。</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Give one address alone.</source>
        <translation>请只填写一个地址。</translation>
    </message>
</context>
<context>
    <name>longhaul::AddFlow</name>
    <message>
        <source>Add from file</source>
        <translation>从文件添加</translation>
    </message>
    <message>
        <source>Lists of links (*.txt *.lst *.list *.urls *.url *.desktop *.webloc *.html *.htm *.md)</source>
        <translation>链接列表 (*.txt *.lst *.list *.urls *.url *.desktop *.webloc *.html *.htm *.md)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) already in the list: shown there.</source>
        <translation>
            <numerusform>%n 个下载已在列表中，已为您显示。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::AddressDialog</name>
    <message>
        <source>New Address</source>
        <translation>新地址</translation>
    </message>
    <message>
        <source>Longhaul compares the new file with what you have and keeps your bytes only if it is the same file.</source>
        <translation>Longhaul 会将新文件与已接收的内容比较，只有确认是同一文件时才会保留这些内容。</translation>
    </message>
    <message>
        <source>New address</source>
        <translation>新地址</translation>
    </message>
    <message>
        <source>&amp;Use Address</source>
        <translation>使用此地址(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Download:</source>
        <translation>下载项(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;Old address:</source>
        <translation>旧地址(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;New address:</source>
        <translation>新地址(&amp;N)：</translation>
    </message>
    <message>
        <source>Give one address alone.</source>
        <translation>请只填写一个地址。</translation>
    </message>
    <message>
        <source>This is the old address.</source>
        <translation>这是旧地址。</translation>
    </message>
</context>
<context>
    <name>longhaul::AddressField</name>
    <message>
        <source>This is too long for one line. Paste long lists into the window itself.</source>
        <translation>内容过长，无法在一行中输入。请将长列表直接粘贴到主窗口中。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>what is wrong, and what to do</comment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>longhaul::Aria2Control</name>
    <message>
        <source>its .aria2 file is damaged</source>
        <translation>其 .aria2 文件已损坏</translation>
    </message>
    <message>
        <source>its .aria2 file is of a version that is not known</source>
        <translation>其 .aria2 文件的版本未知</translation>
    </message>
</context>
<context>
    <name>longhaul::BackgroundStart</name>
    <message>
        <source>It does not answer.</source>
        <translation>它没有应答。</translation>
    </message>
    <message>
        <source>Longhaul could not be started in the background; &apos;longhaul get&apos; needs no window. %1</source>
        <translation>无法在后台启动 Longhaul；“longhaul get”不需要窗口。%1</translation>
    </message>
    <message>
        <source>There is no display on which Longhaul could run in the background: use &apos;longhaul get&apos;.</source>
        <translation>没有可供 Longhaul 在后台运行的图形环境：请使用“longhaul get”。</translation>
    </message>
</context>
<context>
    <name>longhaul::ChecksumField</name>
    <message>
        <source>Checksum</source>
        <translation>校验值</translation>
    </message>
    <message>
        <source>SHA-256, SHA-512, SHA-1 or MD5</source>
        <translation>SHA-256、SHA-512、SHA-1 或 MD5</translation>
    </message>
    <message>
        <source>The checksum is not complete: SHA-256 has 64 digits, SHA-512 128, SHA-1 40 and MD5 32, from 0 to 9 and a to f.</source>
        <translation>校验值不完整：SHA-256 有 64 位，SHA-512 有 128 位，SHA-1 有 40 位，MD5 有 32 位，由 0 到 9 和 a 到 f 组成。</translation>
    </message>
</context>
<context>
    <name>longhaul::ClientCommands</name>
    <message>
        <source>No Longhaul is running: start it with &apos;longhaul&apos;, or &apos;longhaul --background&apos;.</source>
        <translation>Longhaul 没有运行：请用“longhaul”或“longhaul --background”启动。</translation>
    </message>
    <message>
        <source>%1: was in the list already (%2)
</source>
        <translation>%1：已在列表中（%2）
</translation>
    </message>
    <message>
        <source>%1: added
</source>
        <translation>%1：已添加
</translation>
    </message>
    <message>
        <source>%1: It is not in the list.</source>
        <translation>%1：不在列表中。</translation>
    </message>
    <message>
        <source>The limit is %1.
</source>
        <translation>速度限制为 %1。
</translation>
    </message>
    <message>
        <source>There is no limit.
</source>
        <translation>没有速度限制。
</translation>
    </message>
    <message>
        <source>It is not in the list any more.</source>
        <translation>它已不在列表中。</translation>
    </message>
    <message>
        <source>It was paused before that was known.</source>
        <translation>在得出结果之前它被暂停了。</translation>
    </message>
    <message>
        <source>It waits for its turn.</source>
        <translation>正在排队等候。</translation>
    </message>
</context>
<context>
    <name>longhaul::Columns</name>
    <message>
        <source>Waiting for the network</source>
        <translation>正在等待网络</translation>
    </message>
    <message>
        <source>Waiting for an unmetered network</source>
        <translation>正在等待不按流量计费的网络</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>正在等待</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在校验</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>per cent</comment>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>已下载</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Resumable</source>
        <translation>能否续传</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Queue position</source>
        <translation>队列位置</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Downloading; the link dies before the end</source>
        <translation>正在下载；链接会在完成前失效</translation>
    </message>
    <message>
        <source>Next try in %1 s. %2</source>
        <translation>%1 秒后重试。%2</translation>
    </message>
</context>
<context>
    <name>longhaul::CommandLine</name>
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
        <source>Delete the part files too.</source>
        <translation>同时删除未完成的部分文件。</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no command.</source>
        <translation>“%1”不是有效的命令。</translation>
    </message>
    <message>
        <source>Opens the window, and adds what is given.</source>
        <translation>打开窗口，并添加所给的下载。</translation>
    </message>
    <message>
        <source>What to download: http or https.</source>
        <translation>要下载的地址：http 或 https。</translation>
    </message>
    <message>
        <source>Start without a window.</source>
        <translation>启动时不打开窗口。</translation>
    </message>
    <message>
        <source>Has the running Longhaul download them; starts it in the background if need be.</source>
        <translation>由正在运行的 Longhaul 下载；必要时在后台启动 Longhaul。</translation>
    </message>
    <message>
        <source>As it was given at first.</source>
        <translation>与最初给出的相同。</translation>
    </message>
    <message>
        <source>Continues these downloads, or all that are paused.</source>
        <translation>继续这些下载，或所有已暂停的下载。</translation>
    </message>
    <message>
        <source>Stops these downloads, or all, until they are resumed.</source>
        <translation>暂停这些下载或所有下载，直到再次继续。</translation>
    </message>
    <message>
        <source>As it was given at first (default: all).</source>
        <translation>与最初给出的相同（默认：全部）。</translation>
    </message>
    <message>
        <source>Sets the speed limit of all downloads together, lifts it, or tells it.</source>
        <translation>设置、取消或显示所有下载合计的速度限制。</translation>
    </message>
    <message>
        <source>Bytes per second (K, M, G), or &apos;off&apos;.</source>
        <translation>每秒字节数（可用 K、M、G），或“off”。</translation>
    </message>
    <message>
        <source>&apos;limit&apos; takes one rate.</source>
        <translation>“limit”只接受一个速度值。</translation>
    </message>
    <message>
        <source>&apos;limit&apos; takes bytes per second such as 500K or 1.5M, or &apos;off&apos;, not &apos;%1&apos;.</source>
        <translation>“limit”需要每秒字节数（例如 500K 或 1.5M）或“off”，而不是“%1”。</translation>
    </message>
    <message>
        <source>Connections for each file, 1 to 16 (default: 4).</source>
        <translation>每个文件的连接数，1 到 16（默认：4）。</translation>
    </message>
    <message>
        <source>Downloads side by side, 1 to 100 (default: 3).</source>
        <translation>同时进行的下载数，1 到 100（默认：3）。</translation>
    </message>
    <message>
        <source>Bytes per second for each of them; K, M, G.</source>
        <translation>每个下载各自的每秒字节数；可用 K、M、G。</translation>
    </message>
    <message>
        <source>Which go first: low, normal (default) or high.</source>
        <translation>先后次序：low（低）、normal（普通，默认）或 high（高）。</translation>
    </message>
    <message>
        <source>a number from 1 to %1</source>
        <translation>1 到 %1 之间的数</translation>
    </message>
    <message>
        <source>low, normal or high</source>
        <translation>low、normal 或 high</translation>
    </message>
    <message>
        <source>Has a paused or failed download go on from another address, and waits until it is known whether
that leads to the same file. If not, all stays as it was.</source>
        <translation>让已暂停或失败的下载从另一个地址继续，并等待确认该地址是否为同一个文件。
如果不是，一切保持原样。</translation>
    </message>
    <message>
        <source>Where the file is now.</source>
        <translation>文件现在所在的地址。</translation>
    </message>
    <message>
        <source>&apos;readdress&apos; takes the old address and another one.</source>
        <translation>“readdress”需要旧地址和另一个新地址。</translation>
    </message>
    <message>
        <source>Usage: longhaul [--background] [URL...]
       longhaul COMMAND [options]

Downloads that are never lost and never wrong: stop one in any way, at any moment,
and it goes on from its byte. Without a command: opens the window, and adds the URLs.

Commands for the Longhaul that is running:
  add URL...          download them; starts Longhaul in the background if need be
  adopt FILE URL      continue a file that another program has left unfinished
  list                show all downloads
  pause [URL...]      stop these, or all
  resume [URL...]     continue these, or all
  remove URL...       forget downloads
  readdress OLD NEW   go on from another address, if it leads to the same file
  limit [RATE|off]    set the speed limit of all together, or tell it

Without a window:
  get URL...          fetch files, or continue them, and end when they are there

  longhaul COMMAND --help   the options of a command
  longhaul --version        the version
</source>
        <translation>用法：longhaul [--background] [URL...]
      longhaul 命令 [选项]

下载绝不丢失，绝不出错：无论何时以何种方式中断，
都会从中断的字节处继续。不带命令时：打开窗口，并添加所给的 URL。

用于正在运行的 Longhaul 的命令：
  add URL...          下载这些 URL；必要时在后台启动 Longhaul
  adopt FILE URL      接着下载其他程序留下的文件
  list                显示所有下载
  pause [URL...]      暂停这些下载或所有下载
  resume [URL...]     继续这些下载或所有下载
  remove URL...       从列表中移除下载
  readdress OLD NEW   若新地址是同一个文件，则从新地址继续
  limit [RATE|off]    设置或显示所有下载合计的速度限制

不需要窗口：
  get URL...          下载文件或继续下载，全部完成后退出

  longhaul 命令 --help      该命令的选项
  longhaul --version        版本
</translation>
    </message>
    <message>
        <source>Has the running Longhaul continue a file that another program has left unfinished (a
.crdownload, a .part, one with an .aria2 beside it, one that is cut), and waits until it is
known whether it belongs to what is at the URL. If not, the file stays as it was.</source>
        <translation>让正在运行的 Longhaul 接着下载其他程序未下完的文件（.crdownload、.part、
旁边有 .aria2 的文件，或不完整的文件），并等待确认它是否属于该 URL 上的文件。
如果不是，文件保持原样。</translation>
    </message>
    <message>
        <source>&apos;adopt&apos; takes a file and its URL.</source>
        <translation>“adopt”需要一个文件及其 URL。</translation>
    </message>
    <message>
        <source>--repair goes with the URLs of what is to be repaired.</source>
        <translation>--repair 需要给出要修复的下载的 URL。</translation>
    </message>
    <message>
        <source>What is there of it.</source>
        <translation>已有的部分文件。</translation>
    </message>
    <message>
        <source>Where it comes from: http or https.</source>
        <translation>它的来源：http 或 https。</translation>
    </message>
    <message>
        <source>Name of the file when it is whole (default: as it was meant to be called).</source>
        <translation>文件完整后的名称（默认：它原本应有的名称）。</translation>
    </message>
    <message>
        <source>Compare what failed by its checksum with a second fetch, and replace what differs.</source>
        <translation>将校验和不符的文件与再次获取的内容比较，并替换不同之处。</translation>
    </message>
    <message>
        <source>the name of a file: it stays in its folder</source>
        <translation>文件名：文件留在原文件夹中</translation>
    </message>
</context>
<context>
    <name>longhaul::Control</name>
    <message>
        <source>The running Longhaul does not answer.</source>
        <translation>正在运行的 Longhaul 没有应答。</translation>
    </message>
    <message>
        <source>The request is too long.</source>
        <translation>请求过长。</translation>
    </message>
    <message>
        <source>The request is malformed: &quot;%1&quot; cannot be used.</source>
        <translation>请求格式有误：“%1”无法使用。</translation>
    </message>
    <message>
        <source>The request has more than %1 addresses.</source>
        <translation>请求中的地址超过 %1 个。</translation>
    </message>
    <message>
        <source>This Longhaul answers requests of version %1 alone.</source>
        <translation>此 Longhaul 只应答版本 %1 的请求。</translation>
    </message>
    <message>
        <source>This Longhaul does not know the command &apos;%1&apos;.</source>
        <translation>此 Longhaul 无法识别命令“%1”。</translation>
    </message>
</context>
<context>
    <name>longhaul::ControlAnswers</name>
    <message>
        <source>%1 is just being tried as its new address.</source>
        <translation>正在尝试将 %1 作为它的新地址。</translation>
    </message>
    <message>
        <source>It is not in the list.</source>
        <translation>不在列表中。</translation>
    </message>
</context>
<context>
    <name>longhaul::ControlConnection</name>
    <message>
        <source>The request is no JSON object.</source>
        <translation>请求不是 JSON 对象。</translation>
    </message>
    <message>
        <source>The request is too long.</source>
        <translation>请求过长。</translation>
    </message>
    <message>
        <source>The answer is too long.</source>
        <translation>应答过长。</translation>
    </message>
</context>
<context>
    <name>longhaul::ControlServer</name>
    <message>
        <source>Too many programs talk to Longhaul at once.</source>
        <translation>同时与 Longhaul 通信的程序过多。</translation>
    </message>
</context>
<context>
    <name>longhaul::Desktop</name>
    <message>
        <source>Longhaul keeps running</source>
        <translation>Longhaul 仍在运行</translation>
    </message>
    <message>
        <source>Downloads go on in the background. Start Longhaul again to see them.</source>
        <translation>下载会在后台继续进行。再次启动 Longhaul 即可查看。</translation>
    </message>
    <message>
        <source>Longhaul</source>
        <translation>Longhaul</translation>
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
    <name>longhaul::DetailsPage</name>
    <message>
        <source>Select a download to see more about it.</source>
        <translation>选择一个下载以查看详细信息。</translation>
    </message>
</context>
<context>
    <name>longhaul::DetailsPane</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>longhaul::DownloadManager</name>
    <message>
        <source>another download has it</source>
        <translation>它属于另一个下载</translation>
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
    <message>
        <source>Waiting for an unmetered network.</source>
        <translation>正在等待不按流量计费的网络。</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>Starting over: what was received is forgotten.</source>
        <translation>从头开始：已接收的内容不再保留。</translation>
    </message>
    <message>
        <source>New address: %1</source>
        <translation>新地址：%1</translation>
    </message>
    <message>
        <source>The file could not be renamed: %1.</source>
        <translation>无法重命名文件：%1。</translation>
    </message>
    <message>
        <source>Asking the new address for what is on disk.</source>
        <translation>正在向新地址核对磁盘上已有的内容。</translation>
    </message>
    <message>
        <source>Started.</source>
        <translation>已开始。</translation>
    </message>
    <message>
        <source>Continuing from %1.</source>
        <translation>从 %1 处继续。</translation>
    </message>
    <message>
        <source>Checking the file.</source>
        <translation>正在校验文件。</translation>
    </message>
    <message>
        <source>Completed: %1 in %2, %3.</source>
        <translation>已完成：%1，用时 %2，平均速度 %3。</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Repairing: comparing what is there with a second copy.</source>
        <translation>正在修复：将已有内容与第二份副本比较。</translation>
    </message>
    <message>
        <source>At this speed the link dies before the file is there: it is good until %1 (UTC).</source>
        <translation>按目前的速度，链接会在文件下载完之前失效：有效期至 %1（UTC）。</translation>
    </message>
    <message>
        <source>Looking for a checksum beside the file.</source>
        <translation>正在查找文件旁的校验和。</translation>
    </message>
    <message>
        <source>Checking the file: %1 told its checksum.</source>
        <translation>正在校验文件：校验和来自 %1。</translation>
    </message>
    <message>
        <source>a second copy is the same</source>
        <translation>第二份副本与之相同</translation>
    </message>
    <message>
        <source>Another download has its part file: starting over.</source>
        <translation>它的部分文件属于另一个下载：重新开始。</translation>
    </message>
    <message>
        <source>A second copy is the same: %1 is of something else, and the file is kept.</source>
        <translation>第二份副本与之相同：%1 属于别的内容，文件予以保留。</translation>
    </message>
</context>
<context>
    <name>longhaul::DropTarget</name>
    <message>
        <source>Drop to download</source>
        <translation>松开即可下载</translation>
    </message>
</context>
<context>
    <name>longhaul::EmptyState</name>
    <message>
        <source>Drop links here</source>
        <translation>将链接拖放到此处</translation>
    </message>
    <message>
        <source>or press Ctrl+V to add those that you have copied.</source>
        <translation>或按 Ctrl+V 添加已复制的链接。</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>这里没有内容</translation>
    </message>
    <message>
        <source>No download matches.</source>
        <translation>没有匹配的下载。</translation>
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
        <source>The list of downloads cannot be written</source>
        <translation>无法写入下载列表</translation>
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
        <translation>服务器要求过很久之后再试</translation>
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
        <source>The server sent nothing where a file was expected</source>
        <translation>服务器没有发送任何内容</translation>
    </message>
    <message>
        <source>Try again later: what was received is kept.</source>
        <translation>请稍后重试：已接收的内容会保留。</translation>
    </message>
    <message>
        <source>The server announced an impossible length</source>
        <translation>服务器声明的长度不合理</translation>
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
        <source>The new address leads to another file</source>
        <translation>新地址指向的是另一个文件</translation>
    </message>
    <message>
        <source>What was received is kept with the old address: give another new one.</source>
        <translation>已接收的内容随旧地址保留：请提供另一个新地址。</translation>
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
    <message>
        <source>The download is under way or finished</source>
        <translation>下载正在进行或已完成</translation>
    </message>
    <message>
        <source>Pause it first: only a paused or failed download takes a new address.</source>
        <translation>请先暂停：只有已暂停或失败的下载才能更换地址。</translation>
    </message>
    <message>
        <source>Give a shorter name.</source>
        <translation>请换一个较短的名称。</translation>
    </message>
    <message>
        <source>Choose another name, or allow renaming or overwriting.</source>
        <translation>请换一个名称，或允许重命名或覆盖。</translation>
    </message>
    <message>
        <source>Free some space or check the folder in which the list is kept, then resume.</source>
        <translation>请腾出一些空间或检查保存列表的文件夹，然后继续。</translation>
    </message>
    <message>
        <source>Try again later, or allow more time.</source>
        <translation>请稍后再试，或允许更长的等待时间。</translation>
    </message>
    <message>
        <source>Sign in where the link comes from, or send the headers that it wants.</source>
        <translation>请在链接来源处登录，或发送它要求的标头。</translation>
    </message>
    <message>
        <source>The file does not have the expected checksum</source>
        <translation>文件与预期的校验和不符</translation>
    </message>
    <message>
        <source>Check the checksum; repair fetches the file a second time and replaces what differs, resume fetches it anew.</source>
        <translation>请核对校验和；“修复”会再次获取文件并替换不同之处，“继续”会重新下载。</translation>
    </message>
    <message>
        <source>The address is in the list already</source>
        <translation>该地址已在列表中</translation>
    </message>
    <message>
        <source>The file that was given is no part of the one at the address</source>
        <translation>所给文件不是该地址上文件的一部分</translation>
    </message>
    <message>
        <source>It was left as it is: give another address, or start over to fetch the file without it.</source>
        <translation>它保持原样：请给出另一个地址，或重新开始以不使用它来下载。</translation>
    </message>
    <message>
        <source>The file that was given cannot be continued</source>
        <translation>无法接着下载所给文件</translation>
    </message>
    <message>
        <source>It was left as it is: start over to fetch the file without it.</source>
        <translation>它保持原样：可重新开始以不使用它来下载。</translation>
    </message>
    <message>
        <source>The folder that the file is in is not there</source>
        <translation>文件所在的文件夹不存在</translation>
    </message>
    <message>
        <source>Connect the drive that it is on: the download then goes on by itself. Or start over.</source>
        <translation>请接上文件所在的磁盘，下载会自动继续；或重新开始。</translation>
    </message>
    <message>
        <source>Another file has taken the place of the part file</source>
        <translation>部分文件的位置已被另一个文件占用</translation>
    </message>
    <message>
        <source>Resume to start over: the other file is left as it is.</source>
        <translation>继续将重新开始下载：另一个文件会保持原样。</translation>
    </message>
</context>
<context>
    <name>longhaul::Exchange</name>
    <message>
        <source>next to nothing came for some time</source>
        <translation>一段时间内几乎没有收到数据</translation>
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
    <message>
        <source>an unknown size</source>
        <translation>大小未知</translation>
    </message>
    <message>
        <source>%1 sends the file (%2) and can send parts of it.</source>
        <translation>%1 正在发送文件（%2），并支持分段发送。</translation>
    </message>
    <message>
        <source>%1 sends the file (%2).</source>
        <translation>%1 正在发送文件（%2）。</translation>
    </message>
    <message>
        <source>Continuing from the new address.</source>
        <translation>正在从新地址继续。</translation>
    </message>
    <message>
        <source>The new address leads to the same file: continuing from it.</source>
        <translation>新地址指向的是同一文件：正在从新地址继续。</translation>
    </message>
    <message>
        <source>Byte %1 differs in the second copy: fetching the bytes around it again.</source>
        <translation>第二份副本的第 %1 字节不同：正在重新获取其周围的字节。</translation>
    </message>
    <message>
        <source>Looking at what is in “%1”.</source>
        <translation>正在查看“%1”中的内容。</translation>
    </message>
    <message>
        <source>“%1” is a part of the file at the address: continuing it.</source>
        <translation>“%1”是该地址上文件的一部分：继续下载。</translation>
    </message>
    <message>
        <source>The part file is not as it was left: comparing it with the server&apos;s.</source>
        <translation>部分文件与上次停下时不同：正在与服务器上的文件比较。</translation>
    </message>
</context>
<context>
    <name>longhaul::Files</name>
    <message>
        <source>%1 is not there any more. It was moved or deleted.</source>
        <translation>%1 已不存在，可能已被移动或删除。</translation>
    </message>
    <message>
        <source>No program was found that can open %1.</source>
        <translation>找不到可以打开 %1 的程序。</translation>
    </message>
    <message>
        <source>No program was found that can open the folder %1.</source>
        <translation>找不到可以打开文件夹 %1 的程序。</translation>
    </message>
    <message>
        <source>The folder %1 is not there any more. It was moved or deleted.</source>
        <translation>文件夹 %1 已不存在，可能已被移动或删除。</translation>
    </message>
    <message>
        <source>%1 could not be moved to the trash. It is still where it was.</source>
        <translation>无法将 %1 移到回收站。它仍在原处。</translation>
    </message>
</context>
<context>
    <name>longhaul::FolderField</name>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>Give the whole path of a folder, such as %1.</source>
        <translation>请填写文件夹的完整路径，例如 %1。</translation>
    </message>
    <message>
        <source>Folder for Downloads</source>
        <translation>下载文件夹</translation>
    </message>
</context>
<context>
    <name>longhaul::ForeignFile</name>
    <message>
        <source>its .aria2 file cannot be read</source>
        <translation>无法读取其 .aria2 文件</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it cannot be read and written</source>
        <translation>无法读写该文件</translation>
    </message>
    <message>
        <source>nothing is in it yet</source>
        <translation>其中还没有内容</translation>
    </message>
    <message>
        <source>another download has it</source>
        <translation>它属于另一个下载</translation>
    </message>
</context>
<context>
    <name>longhaul::GeneralPage</name>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 (%2 bytes)</source>
        <translation>%1（%2 字节）</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>%1 received</source>
        <translation>已接收 %1</translation>
    </message>
    <message>
        <source>%1 of %2 (%3 %)</source>
        <translation>%1 / %2（%3%）</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>The server does not mark its versions of the file.</source>
        <translation>服务器没有标识文件的版本。</translation>
    </message>
    <message>
        <source>The server marks this version with: ETag %1</source>
        <translation>服务器对此版本的标识：ETag %1</translation>
    </message>
    <message>
        <source>The server marks this version with: Last-Modified %1</source>
        <translation>服务器对此版本的标识：Last-Modified %1</translation>
    </message>
    <message>
        <source>The server marks this version with: ETag %1, Last-Modified %2</source>
        <translation>服务器对此版本的标识：ETag %1，Last-Modified %2</translation>
    </message>
    <message>
        <source>It may run on metered networks.</source>
        <translation>可以在按流量计费的网络上下载。</translation>
    </message>
    <message>
        <source>It runs on unmetered networks only.</source>
        <translation>仅在不按流量计费的网络上下载。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Part file</source>
        <translation>部分文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>Can it be resumed</source>
        <translation>能否续传</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Answered from</source>
        <translation>实际地址</translation>
    </message>
    <message>
        <source>Earlier addresses</source>
        <translation>以前的地址</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Media type</source>
        <translation>媒体类型</translation>
    </message>
    <message>
        <source>Expected checksum</source>
        <translation>预期校验值</translation>
    </message>
    <message>
        <source>Headers sent along</source>
        <translation>附带发送的标头</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>There is no network.</source>
        <translation>没有网络连接。</translation>
    </message>
    <message>
        <source>It goes on by itself when the network is back.</source>
        <translation>网络恢复后会自动继续。</translation>
    </message>
    <message>
        <source>This network is metered.</source>
        <translation>当前网络按流量计费。</translation>
    </message>
    <message>
        <source>It goes on by itself on an unmetered network.</source>
        <translation>连接到不按流量计费的网络后会自动继续。</translation>
    </message>
    <message>
        <source>Waiting.</source>
        <translation>正在等待。</translation>
    </message>
    <message>
        <source>The next try is at %1.</source>
        <translation>将在 %1 重试。</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>已暂停。</translation>
    </message>
    <message>
        <source>If its link has expired, give it a new address: what was received is kept.</source>
        <translation>如果链接已失效，请提供新地址：已接收的内容会保留。</translation>
    </message>
    <message>
        <source>%1:</source>
        <comment>label before a value</comment>
        <translation>%1：</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生的情况</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理方法</translation>
    </message>
    <message>
        <source>New address</source>
        <translation>新地址</translation>
    </message>
    <message>
        <source>New address…</source>
        <translation>新地址…</translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>%1 (at most %2)</source>
        <translation>%1（最多 %2）</translation>
    </message>
    <message>
        <source>Speed limit</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>%1 (from %2)</source>
        <comment>checksum, who told it</comment>
        <translation>%1（来自 %2）</translation>
    </message>
    <message>
        <source>No longer, by what it says: it ended %1</source>
        <translation>按其自述已失效：截止于 %1</translation>
    </message>
    <message>
        <source>Until %1: too early at this speed</source>
        <translation>至 %1：按目前速度来不及</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>To be continued, once proved</source>
        <translation>确认后将继续的文件</translation>
    </message>
    <message>
        <source>The link is good</source>
        <translation>链接有效期</translation>
    </message>
    <message>
        <source>Checksum found</source>
        <translation>找到的校验和</translation>
    </message>
    <message>
        <source>Vouched for by</source>
        <translation>由何证实</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Compares the file with a second copy, and fetches again what differs.</source>
        <translation>将文件与第二份副本比较，并重新获取不同之处。</translation>
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
</context>
<context>
    <name>longhaul::Get</name>
    <message>
        <source>Continuing where it was begun: %1</source>
        <translation>在原来的位置继续：%1</translation>
    </message>
</context>
<context>
    <name>longhaul::GetCommandRun</name>
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
    <message>
        <source>A &apos;longhaul get&apos; is using the list of downloads: wait for it to end, or give another folder with --state-dir.</source>
        <translation>一个“longhaul get”正在使用下载列表：请等它结束，或用 --state-dir 指定其他文件夹。</translation>
    </message>
</context>
<context>
    <name>longhaul::GroupBar</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>%1 (%2, %3 new)</source>
        <translation>%1（%2，%3 个新完成）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>longhaul::HeadersField</name>
    <message>
        <source>Headers to send, one per line</source>
        <translation>要发送的标头，每行一个</translation>
    </message>
    <message>
        <source>One per line, such as:</source>
        <translation>每行一个，例如：</translation>
    </message>
    <message>
        <source>Line %1 of the headers must be as in “Name: value”.</source>
        <translation>标头的第 %1 行必须采用“名称: 值”的形式。</translation>
    </message>
</context>
<context>
    <name>longhaul::HttpRequest</name>
    <message>
        <source>%1; it is that of &quot;%2&quot;, issued by &quot;%3&quot;</source>
        <translation>%1；该证书属于“%2”，由“%3”签发</translation>
    </message>
</context>
<context>
    <name>longhaul::LinkListDialog</name>
    <message>
        <source>Add Downloads</source>
        <translation>添加下载</translation>
    </message>
    <message>
        <source>Show only addresses with these words</source>
        <translation>只显示包含这些文字的地址</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;None</source>
        <translation>全不选(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>文件夹(&amp;F)：</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Download %n file(s)</source>
        <translation>
            <numerusform>下载 %n 个文件(&amp;D)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::LinkListModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
</context>
<context>
    <name>longhaul::LinkReader</name>
    <message>
        <source>The file “%1” cannot be read.</source>
        <translation>无法读取文件“%1”。</translation>
    </message>
    <message>
        <source>Nothing to download was found.</source>
        <translation>没有找到可下载的内容。</translation>
    </message>
</context>
<context>
    <name>longhaul::LogText</name>
    <message>
        <source>%1  %2</source>
        <comment>time, sentence</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing has happened to it since Longhaul was started.</source>
        <translation>自 Longhaul 启动以来，此下载没有任何记录。</translation>
    </message>
</context>
<context>
    <name>longhaul::Main</name>
    <message>
        <source>There is no display for the window: &apos;longhaul get&apos; fetches without one.</source>
        <translation>没有可显示窗口的图形环境：“longhaul get”无需窗口即可下载。</translation>
    </message>
</context>
<context>
    <name>longhaul::MainWindow</name>
    <message>
        <source>Longhaul</source>
        <translation>Longhaul</translation>
    </message>
    <message>
        <source>“%1” was removed from the list; its file stays.</source>
        <translation>已从列表中移除“%1”；文件仍保留。</translation>
    </message>
    <message numerus="yes">
        <source>%n downloads were removed from the list; their files stay.</source>
        <translation>
            <numerusform>已从列表中移除 %n 个下载；文件仍保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Use as new address for “%1”</source>
        <translation>用作“%1”的新地址</translation>
    </message>
    <message>
        <source>Add as another download</source>
        <translation>添加为另一个下载</translation>
    </message>
    <message>
        <source>&amp;Limit to %1</source>
        <translation>限制为 %1(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Limit speed</source>
        <translation>限制速度(&amp;L)</translation>
    </message>
</context>
<context>
    <name>longhaul::Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>下载(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>列表(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>查看(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search in the list</source>
        <translation>在列表中搜索</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>队列(&amp;Q)</translation>
    </message>
    <message>
        <source>Priori&amp;ty</source>
        <translation>优先级(&amp;T)</translation>
    </message>
</context>
<context>
    <name>longhaul::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
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
    <message>
        <source>Connections for one &amp;download:</source>
        <translation>每个下载的连接数(&amp;D)：</translation>
    </message>
    <message>
        <source>Look &amp;for checksums beside a file (NAME.sha256, SHA256SUMS)</source>
        <translation>查找文件旁的校验和（NAME.sha256、SHA256SUMS）(&amp;F)</translation>
    </message>
</context>
<context>
    <name>longhaul::Notifier</name>
    <message>
        <source>Show Longhaul</source>
        <translation>显示 Longhaul</translation>
    </message>
    <message>
        <source>%1 has been downloaded</source>
        <translation>%1 已下载完成</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <extracomment>Size and duration of a download, as &quot;1.4 GiB in 2:03&quot;</extracomment>
        <translation>%1，用时 %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>%1 could not be downloaded</source>
        <translation>%1 下载失败</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) finished</source>
        <translation>
            <numerusform>%n 个下载已完成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) failed</source>
        <translation>
            <numerusform>%n 个下载失败</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>Title of a notification. %1: &quot;12 downloads finished&quot;, %2: &quot;2 failed&quot;</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
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
    <message>
        <source>waiting for an unmetered network</source>
        <translation>正在等待不按流量计费的网络</translation>
    </message>
    <message>
        <source>running</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>longhaul::Overall</name>
    <message numerus="yes">
        <source>%n download(s) waiting</source>
        <translation>
            <numerusform>%n 个下载正在等待</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s), %1</source>
        <translation>
            <numerusform>%n 个下载，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s), %1 %, %2</source>
        <translation>
            <numerusform>%n 个下载，%1%，%2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::PiecesMap</name>
    <message>
        <source>The file is empty.</source>
        <translation>文件为空。</translation>
    </message>
    <message>
        <source>Nothing of %1 received yet.</source>
        <translation>共 %1，尚未接收任何内容。</translation>
    </message>
    <message>
        <source>Nothing received yet.</source>
        <translation>尚未接收任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>%1 received in %n piece(s). The size of the file is not known.</source>
        <translation>
            <numerusform>已接收 %1，分为 %n 块。文件大小未知。</numerusform>
        </translation>
    </message>
    <message>
        <source>All of %1 received.</source>
        <translation>%1 已全部接收。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 received in %n piece(s).</source>
        <translation>
            <numerusform>已接收 %1 / %2，分为 %n 块。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) in flight.</source>
        <translation>
            <numerusform>正在传输 %n 块。</numerusform>
        </translation>
    </message>
    <message>
        <source>Map of the pieces</source>
        <translation>分块图</translation>
    </message>
    <message>
        <source>From %1 to %2: %3 % received</source>
        <translation>%1 到 %2：已接收 %3%</translation>
    </message>
</context>
<context>
    <name>longhaul::PiecesPage</name>
    <message>
        <source>Safe on the disk</source>
        <translation>已安全写入磁盘</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>正在传输</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>未接收</translation>
    </message>
    <message>
        <source>What the colors mean</source>
        <translation>颜色说明</translation>
    </message>
</context>
<context>
    <name>longhaul::Preferences</name>
    <message>
        <source>The settings cannot be saved in %1: %2.</source>
        <translation>无法将设置保存到 %1：%2。</translation>
    </message>
</context>
<context>
    <name>longhaul::ProgressDelegate</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>per cent</comment>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>longhaul::PropertiesDialog</name>
    <message>
        <source>Properties</source>
        <translation>属性</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <translation>
            <numerusform>%n 个下载</numerusform>
        </translation>
    </message>
    <message>
        <source>Chec&amp;ksum:</source>
        <translation>校验值(&amp;K)：</translation>
    </message>
    <message>
        <source>Sent now: %1</source>
        <translation>目前发送：%1</translation>
    </message>
    <message>
        <source>“Name: value” replaces one or adds one,
“Name:” takes one away.</source>
        <translation>“名称: 值”替换或添加一项，
“名称:”移除一项。</translation>
    </message>
    <message>
        <source>H&amp;eaders:</source>
        <translation>标头(&amp;E)：</translation>
    </message>
    <message>
        <source>Pause the download to change this.</source>
        <translation>请先暂停下载，再更改此项。</translation>
    </message>
    <message>
        <source>Pause the download to change its checksum or its headers.</source>
        <translation>请先暂停下载，再更改其校验值或标头。</translation>
    </message>
</context>
<context>
    <name>longhaul::RateField</name>
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
</context>
<context>
    <name>longhaul::ResumeData</name>
    <message>
        <source>no: the file is complete</source>
        <translation>否：文件已完整</translation>
    </message>
    <message>
        <source>no: nothing is there yet</source>
        <translation>否：还没有任何内容</translation>
    </message>
    <message>
        <source>no: the server sends it compressed, so it must begin again</source>
        <translation>否：服务器以压缩方式发送，必须重新开始</translation>
    </message>
    <message>
        <source>not known: the server has not shown that it can send a part of the file</source>
        <translation>未知：服务器尚未表明它能发送文件的一部分</translation>
    </message>
    <message>
        <source>yes: the server vouches for the bytes</source>
        <translation>是：服务器可以证明已有内容有效</translation>
    </message>
    <message>
        <source>yes: after comparing some bytes again</source>
        <translation>是：需先重新比对部分内容</translation>
    </message>
    <message>
        <source>the checksum that you gave (%1)</source>
        <translation>您提供的校验和（%1）</translation>
    </message>
    <message>
        <source>two equal copies from the server, whose %1 is of something else</source>
        <translation>服务器给出的两份相同副本，其 %1 与文件不符</translation>
    </message>
    <message>
        <source>its size alone: nobody told a checksum</source>
        <translation>仅凭大小：没有任何校验和</translation>
    </message>
    <message>
        <source>%1 beside it on the server (%2)</source>
        <translation>服务器上文件旁的 %1（%2）</translation>
    </message>
    <message>
        <source>the server, by %1 (%2)</source>
        <translation>服务器，通过 %1（%2）</translation>
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
    <message numerus="yes">
        <source>%n download(s) were left out: what they have is no address.</source>
        <translation>
            <numerusform>略去了 %n 个下载：它们的地址无效。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>longhaul::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>longhaul::Segments</name>
    <message numerus="yes">
        <source>The server gives no more than %n connection(s).</source>
        <translation>
            <numerusform>服务器最多只提供 %n 个连接。</numerusform>
        </translation>
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
    <name>longhaul::SleepInhibitor</name>
    <message>
        <source>Files are being downloaded</source>
        <translation>正在下载文件</translation>
    </message>
</context>
<context>
    <name>longhaul::SpeedGraph</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>Speed of the last minutes</source>
        <translation>最近几分钟的速度</translation>
    </message>
    <message>
        <source>-%1 min</source>
        <comment>minutes ago</comment>
        <translation>-%1 分</translation>
    </message>
    <message>
        <source>-%1 s</source>
        <comment>seconds ago</comment>
        <translation>-%1 秒</translation>
    </message>
</context>
<context>
    <name>longhaul::SpeedPage</name>
    <message>
        <source>Its speed is drawn here while it is downloading.</source>
        <translation>下载时会在此处绘制速度曲线。</translation>
    </message>
    <message>
        <source>%1 on average, %2 at most.</source>
        <translation>平均 %1，最高 %2。</translation>
    </message>
    <message>
        <source>%1 now, %2 on average, %3 at most.</source>
        <translation>当前 %1，平均 %2，最高 %3。</translation>
    </message>
</context>
<context>
    <name>longhaul::StatusLine</name>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln download(s) active</source>
        <translation>
            <numerusform>%Ln 个下载，%L1 个进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用空间 %1</translation>
    </message>
</context>
<context>
    <name>longhaul::Store</name>
    <message>
        <source>%1: It is not in the list.</source>
        <translation>%1：不在列表中。</translation>
    </message>
    <message>
        <source>%1: %2 cannot be deleted.</source>
        <translation>%1：无法删除 %2。</translation>
    </message>
    <message>
        <source>Another Longhaul is using %1: add to it with &apos;longhaul add&apos;, wait for it to end, or give another folder with --state-dir.</source>
        <translation>另一个 Longhaul 正在使用 %1：请用“longhaul add”向其添加下载，等它结束，或用 --state-dir 指定其他文件夹。</translation>
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
    <message>
        <source>The list of downloads in %1 cannot be read</source>
        <translation>无法读取 %1 中的下载列表</translation>
    </message>
</context>
<context>
    <name>longhaul::TaskCommands</name>
    <message>
        <source>“%1” is in the list again already: remove that one first.</source>
        <translation>“%1”已再次在列表中：请先移除它。</translation>
    </message>
</context>
<context>
    <name>longhaul::TaskFields</name>
    <message>
        <source>Speed at most</source>
        <translation>速度上限</translation>
    </message>
    <message>
        <source>Unit of the speed</source>
        <translation>速度单位</translation>
    </message>
    <message>
        <source>Different: left as they are</source>
        <translation>各不相同：保持原样</translation>
    </message>
    <message>
        <source>As in Settings (%1)</source>
        <translation>跟随设置（%1）</translation>
    </message>
    <message>
        <source>Connections for one download</source>
        <translation>每个下载的连接数</translation>
    </message>
    <message>
        <source>C&amp;onnections:</source>
        <translation>连接数(&amp;O)：</translation>
    </message>
    <message>
        <source>Limit of the speed</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>None of its own</source>
        <translation>无单独限速</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Speed &amp;limit:</source>
        <translation>限速(&amp;L)：</translation>
    </message>
    <message>
        <source>Priority in the queue</source>
        <translation>队列中的优先级</translation>
    </message>
    <message>
        <source>High: before the others</source>
        <translation>高：先于其他下载</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Low: after the others</source>
        <translation>低：后于其他下载</translation>
    </message>
    <message>
        <source>&amp;Priority:</source>
        <translation>优先级(&amp;P)：</translation>
    </message>
    <message>
        <source>As in Settings (allowed)</source>
        <translation>跟随设置（允许）</translation>
    </message>
    <message>
        <source>As in Settings (not allowed)</source>
        <translation>跟随设置（不允许）</translation>
    </message>
    <message>
        <source>On metered networks</source>
        <translation>在按流量计费的网络上</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Only unmetered networks</source>
        <translation>仅限不按流量计费的网络</translation>
    </message>
    <message>
        <source>Me&amp;tered networks:</source>
        <translation>按流量计费的网络(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>longhaul::TaskList</name>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>重置列</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>排序方式(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Ascending</source>
        <translation>升序(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Descending</source>
        <translation>降序(&amp;D)</translation>
    </message>
</context>
<context>
    <name>longhaul::TaskModel</name>
    <message>
        <source>%1, %2</source>
        <comment>status, progress</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>longhaul::TaskQuestions</name>
    <message>
        <source>Check checksum</source>
        <translation>核对校验值</translation>
    </message>
    <message>
        <source>The checksum that the file must have (SHA-256, SHA-512, SHA-1 or MD5, such as sha-256:…):</source>
        <translation>文件必须符合的校验值（SHA-256、SHA-512、SHA-1 或 MD5，例如 sha-256:…）：</translation>
    </message>
    <message>
        <source>This is no checksum: give its kind, a colon and all its digits.</source>
        <translation>这不是有效的校验值：请填写类型、冒号和完整的十六进制数字。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name of the file:</source>
        <translation>文件名：</translation>
    </message>
    <message>
        <source>Move “%1” to the trash?</source>
        <translation>要将“%1”移到回收站吗？</translation>
    </message>
    <message numerus="yes">
        <source>Move the files of %n download(s) to the trash?</source>
        <translation>
            <numerusform>要将 %n 个下载的文件移到回收站吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>What is deleted is taken off the list as well.</source>
        <translation>删除的文件也会从列表中移除。</translation>
    </message>
</context>
<context>
    <name>longhaul::Tray</name>
    <message>
        <source>&amp;Show Longhaul</source>
        <translation>显示 Longhaul(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Add from clipboard</source>
        <translation>从剪贴板添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Pause all</source>
        <translation>全部暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Resume all</source>
        <translation>全部继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Limit speed</source>
        <translation>限制速度(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
</context>
<context>
    <name>longhaul::WindowDialogs</name>
    <message>
        <source>Downloads are under way.</source>
        <translation>下载正在进行。</translation>
    </message>
    <message>
        <source>If you quit they stop, and go on from the same byte at the next start.</source>
        <translation>退出后下载会停止，下次启动时从中断的字节处继续。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>最小化</translation>
    </message>
    <message>
        <source>About Longhaul</source>
        <translation>关于 Longhaul</translation>
    </message>
    <message>
        <source>Longhaul %1</source>
        <translation>Longhaul %1</translation>
    </message>
    <message>
        <source>A download, once begun, is never lost and never wrong.</source>
        <translation>下载一旦开始，绝不丢失，绝不出错。</translation>
    </message>
    <message>
        <source>Free software under the MIT License.</source>
        <translation>自由软件，以 MIT 许可证发布。</translation>
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
