<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Copy &amp;picture</source>
        <translation>复制图片(&amp;P)</translation>
    </message>
    <message>
        <source>Copy &amp;data</source>
        <translation>复制数据(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>单步(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>后退(&amp;B)</translation>
    </message>
    <message>
        <source>To &amp;start</source>
        <translation>回到起点(&amp;S)</translation>
    </message>
    <message>
        <source>To &amp;end of record</source>
        <translation>到记录末尾(&amp;E)</translation>
    </message>
    <message>
        <source>Next e&amp;vent</source>
        <translation>下一个事件(&amp;V)</translation>
    </message>
    <message>
        <source>Ten steps forward</source>
        <translation>前进十步</translation>
    </message>
    <message>
        <source>Ten steps back</source>
        <translation>后退十步</translation>
    </message>
    <message>
        <source>Next &amp;part of the step</source>
        <translation>这一步的下一部分(&amp;P)</translation>
    </message>
    <message>
        <source>Previous part of the step</source>
        <translation>这一步的上一部分</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>快一些</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>慢一些</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
    <message>
        <source>New s&amp;eed</source>
        <translation>新种子(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Scenes of this topic</source>
        <translation>本主题的场景(&amp;S)</translation>
    </message>
    <message>
        <source>Pre&amp;vious scene</source>
        <translation>上一个场景(&amp;V)</translation>
    </message>
    <message>
        <source>Ne&amp;xt scene</source>
        <translation>下一个场景(&amp;X)</translation>
    </message>
    <message>
        <source>Re&amp;wind and try again</source>
        <translation>退回再试(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Defaults for all settings</source>
        <translation>全部恢复默认(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;As the system</source>
        <translation>跟随系统(&amp;A)</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>&amp;Pin run</source>
        <translation>固定这次运行(&amp;P)</translation>
    </message>
    <message>
        <source>Run A to the front</source>
        <translation>把运行 A 放到前面</translation>
    </message>
    <message>
        <source>Run B to the front</source>
        <translation>把运行 B 放到前面</translation>
    </message>
    <message>
        <source>Run C to the front</source>
        <translation>把运行 C 放到前面</translation>
    </message>
    <message>
        <source>The same thing else&amp;where…</source>
        <translation>同样的东西在别处(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Back to where it was left</source>
        <translation>回到离开之处(&amp;B)</translation>
    </message>
    <message>
        <source>This step, in &amp;numbers</source>
        <translation>这一步的数字(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Code that runs</source>
        <translation>正在运行的代码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Enlarge panel under pointer</source>
        <translation>放大指针下的面板(&amp;E)</translation>
    </message>
    <message>
        <source>Reset &amp;zoom</source>
        <translation>复位缩放(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help for this topic</source>
        <translation>本主题的帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Progress…</source>
        <translation>进度(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About ML Playground</source>
        <translation>关于 ML Playground(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
</context>
<context>
    <name>AnswerField</name>
    <message>
        <source>Your answer</source>
        <translation>你的答案</translation>
    </message>
    <message>
        <source>[[x, y], …], or draw in the plot</source>
        <translation>[[x, y], …]，或在图中画出</translation>
    </message>
    <message>
        <source>its value</source>
        <translation>它的值</translation>
    </message>
</context>
<context>
    <name>Answers</name>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>your {name}</source>
        <translation>你的{name}</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
</context>
<context>
    <name>AskedPanel</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>given: {value} at step {step}</source>
        <translation>已知：第 {step} 步为 {value}</translation>
    </message>
    <message>
        <source>step {step}: {value}</source>
        <translation>第 {step} 步：{value}</translation>
    </message>
    <message>
        <source>widest gap, step {step}: {gap}</source>
        <translation>最大差距，第 {step} 步：{gap}</translation>
    </message>
</context>
<context>
    <name>BeatBar</name>
    <message>
        <source>Part of the step</source>
        <translation>这一步的环节</translation>
    </message>
</context>
<context>
    <name>Caption</name>
    <message>
        <source>from step {step}: {change}</source>
        <translation>自第 {step} 步：{change}</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Back to all panels</source>
        <translation>回到所有面板</translation>
    </message>
    <message>
        <source>Enlarge this panel</source>
        <translation>放大这一面板</translation>
    </message>
</context>
<context>
    <name>CellsTable</name>
    <message>
        <source>There is no room for all pasted cells from here on.</source>
        <translation>从这里起放不下所有粘贴的单元格。</translation>
    </message>
    <message>
        <source>“{text}” is not allowed. Use a whole number.</source>
        <translation>不能用“{text}”。请给出整数。</translation>
    </message>
    <message>
        <source>“{text}” is not allowed. Use a number of at most 1e12 in size.</source>
        <translation>不能用“{text}”。请给出大小不超过 1e12 的数。</translation>
    </message>
</context>
<context>
    <name>ColumnChoice</name>
    <message>
        <source>Chosen columns: {names}</source>
        <translation>选中的列：{names}</translation>
    </message>
</context>
<context>
    <name>ComparedRow</name>
    <message>
        <source>Compared</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Pin a third</source>
        <translation>再固定一次</translation>
    </message>
    <message>
        <source>Compare {letter} no longer</source>
        <translation>不再比较 {letter}</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>At the cursor</source>
        <translation>光标处</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>all else equal</source>
        <translation>其余相同</translation>
    </message>
    <message>
        <source>the same so far: change something</source>
        <translation>到此相同：请改动一处</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>叠放</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Only {letter}</source>
        <translation>只看 {letter}</translation>
    </message>
    <message>
        <source>How the runs are shown</source>
        <translation>各次运行的显示方式</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Changes by hand</source>
        <translation>手动改动</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>未给出</translation>
    </message>
    <message>
        <source>of {letter}, the run in front</source>
        <translation>属于 {letter}，当前显示的运行</translation>
    </message>
    <message>
        <source>of {letter}</source>
        <translation>属于 {letter}</translation>
    </message>
    <message>
        <source>{letter} ended at {step}</source>
        <translation>{letter} 结束于第 {step} 步</translation>
    </message>
    <message>
        <source>{letter} is being made: at {step} so far</source>
        <translation>{letter} 还在计算：目前第 {step} 步</translation>
    </message>
    <message>
        <source>{letter} ends at {step}</source>
        <translation>{letter} 止于 {step}</translation>
    </message>
    <message>
        <source>, {letter} at {step}</source>
        <translation>，{letter} 止于 {step}</translation>
    </message>
    <message>
        <source>in {letter}: {value}</source>
        <translation>在 {letter} 中：{value}</translation>
    </message>
</context>
<context>
    <name>Control</name>
    <message>
        <source>Answer the question of the scene first, or press Skip</source>
        <translation>先回答场景的问题，或按“跳过”</translation>
    </message>
    <message>
        <source>Plays the scene; your answer stays beside it</source>
        <translation>播放场景；你的答案留在旁边对照</translation>
    </message>
    <message>
        <source>The window records {steps} steps; trace goes further.</source>
        <translation>窗口最多记录 {steps} 步；命令 trace 可以走得更远。</translation>
    </message>
    <message>
        <source>The code that runs</source>
        <translation>正在运行的代码</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Runs (*.mlplay *.png *.svg *.gif *.apng *.csv *.npz *.json);;All files (*)</source>
        <translation>运行 (*.mlplay *.png *.svg *.gif *.apng *.csv *.npz *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a run</source>
        <translation>打开运行记录</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>Recording the run again, up to step {step}…</source>
        <translation>正在重新记录这次运行，直到第 {step} 步…</translation>
    </message>
    <message>
        <source>{name} cannot be opened.</source>
        <translation>无法打开 {name}。</translation>
    </message>
    <message>
        <source>Save the run</source>
        <translation>保存这次运行</translation>
    </message>
    <message>
        <source>“{name}” was changed since it was opened here. Replace it?</source>
        <translation>“{name}”在这里打开之后被改动过。要替换它吗？</translation>
    </message>
    <message>
        <source>“{name}” is open in another window, too. Replace it?</source>
        <translation>“{name}”也在另一个窗口中打开着。要替换它吗？</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>要保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>还没有文件</translation>
    </message>
    <message>
        <source>The file was edited by hand: the run is computed anew from what it says now.</source>
        <translation>文件被手工改过：已按其中现在的内容重新计算。</translation>
    </message>
    <message>
        <source>The run comes out differently: the file was edited, or another installation saved it.</source>
        <translation>结果与保存时不同：文件被改过，或由另一台机器保存。</translation>
    </message>
    <message>
        <source>This installation computes the run a little differently from the one that saved it.</source>
        <translation>本机算出的结果与保存该文件的机器略有不同。</translation>
    </message>
</context>
<context>
    <name>Elsewhere</name>
    <message>
        <source>The same thing elsewhere</source>
        <translation>同样的东西，在别处</translation>
    </message>
    <message>
        <source>With the numbers of “{title}”. {keys} leads back there.</source>
        <translation>带着“{title}”中的数。{keys} 回到那里。</translation>
    </message>
    <message>
        <source>{keys} leads back to “{title}”.</source>
        <translation>{keys} 回到“{title}”。</translation>
    </message>
</context>
<context>
    <name>EventLine</name>
    <message>
        <source>ends at {step}</source>
        <translation>止于第 {step} 步</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Video needs one more package: {command}</source>
        <translation>导出视频还需要一个软件包：{command}</translation>
    </message>
    <message>
        <source>That is too large. Take a smaller size or fewer frames.</source>
        <translation>太大了。请减小尺寸或减少帧数。</translation>
    </message>
    <message>
        <source>Rows: {n}</source>
        <translation>行数：{n}</translation>
    </message>
    <message>
        <source>Frames: {n} · {width} × {height} pixels</source>
        <translation>帧数：{n} · {width} × {height} 像素</translation>
    </message>
    <message>
        <source>Step {step} · {width} × {height} pixels</source>
        <translation>第 {step} 步 · {width} × {height} 像素</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>内容(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;cale</source>
        <translation>放大倍数(&amp;C)</translation>
    </message>
    <message>
        <source>From ste&amp;p</source>
        <translation>从第几步(&amp;P)</translation>
    </message>
    <message>
        <source>To s&amp;tep</source>
        <translation>到第几步(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Every … steps</source>
        <translation>每隔几步(&amp;E)</translation>
    </message>
    <message>
        <source>Frames per secon&amp;d</source>
        <translation>每秒帧数(&amp;D)</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>主题(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Background</source>
        <translation>背景(&amp;B)</translation>
    </message>
    <message>
        <source>C&amp;aption: title, step, names, settings</source>
        <translation>说明文字：标题、步数、名称、设置(&amp;A)</translation>
    </message>
    <message>
        <source>The whole tab</source>
        <translation>整个页面</translation>
    </message>
    <message>
        <source>The numbers</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 矢量图</translation>
    </message>
    <message>
        <source>PDF page</source>
        <translation>PDF 页面</translation>
    </message>
    <message>
        <source>GIF animation</source>
        <translation>GIF 动画</translation>
    </message>
    <message>
        <source>APNG animation</source>
        <translation>APNG 动画</translation>
    </message>
    <message>
        <source>MP4 video</source>
        <translation>MP4 视频</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>JSON with arrays</source>
        <translation>JSON（含数组）</translation>
    </message>
    <message>
        <source>NumPy archive (NPZ) with arrays</source>
        <translation>NumPy 存档 NPZ（含数组）</translation>
    </message>
    <message>
        <source>As shown</source>
        <translation>与界面相同</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Of the theme</source>
        <translation>随主题</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>“{name}” is there already. Replace it?</source>
        <translation>“{name}”已存在。要替换它吗？</translation>
    </message>
    <message>
        <source>Exporting “{name}”…</source>
        <translation>正在导出“{name}”…</translation>
    </message>
    <message>
        <source>Exported “{name}”.</source>
        <translation>已导出“{name}”。</translation>
    </message>
    <message>
        <source>The export was cancelled. No file was written.</source>
        <translation>导出已取消，没有写入文件。</translation>
    </message>
    <message>
        <source>“{name}” was not exported.</source>
        <translation>“{name}”没有导出。</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>图片已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Copying the numbers…</source>
        <translation>正在复制数字…</translation>
    </message>
    <message>
        <source>The numbers are on the clipboard.</source>
        <translation>数字已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>Something went wrong. Your work is still here.</source>
        <translation>出错了。你的工作还在。</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
</context>
<context>
    <name>FoldingTabs</name>
    <message>
        <source>More panels</source>
        <translation>更多面板</translation>
    </message>
</context>
<context>
    <name>FormulaView</name>
    <message>
        <source>Copy this row</source>
        <translation>复制这一行</translation>
    </message>
    <message>
        <source>Copy all rows</source>
        <translation>复制所有行</translation>
    </message>
</context>
<context>
    <name>HandleField</name>
    <message>
        <source>Type a number from {low} to {high}.</source>
        <translation>请输入 {low} 到 {high} 之间的数。</translation>
    </message>
    <message>
        <source>Type x, y: x from {left} to {right}, y from {low} to {high}.</source>
        <translation>请输入 x, y：x 从 {left} 到 {right}，y 从 {low} 到 {high}。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>| Action | Key |</source>
        <translation>| 操作 | 按键 |</translation>
    </message>
    <message>
        <source>Space, arrows, Home and End act wherever nothing is being typed and no handle is in hand; Ctrl+Space plays everywhere.</source>
        <translation>只要没有在输入文字、也没有拿着控制点，空格、方向键、Home 和 End 就有效；Ctrl+空格在任何地方都能播放。</translation>
    </message>
    <message>
        <source>Topic by its number</source>
        <translation>按编号切换主题</translation>
    </message>
    <message>
        <source>Next topic</source>
        <translation>下一个主题</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>退出全屏</translation>
    </message>
    <message>
        <source>Turn the surface in 3-D</source>
        <translation>转动三维曲面</translation>
    </message>
    <message>
        <source>Take a handle of the picture in hand, the next one</source>
        <translation>拿起图中的控制点，再按到下一个</translation>
    </message>
    <message>
        <source>Move what is in hand, far with Shift, to its ends</source>
        <translation>移动拿着的点，按住 Shift 移得远，移到两端</translation>
    </message>
    <message>
        <source>Type its exact number</source>
        <translation>输入准确的数</translation>
    </message>
    <message>
        <source>Let go of it</source>
        <translation>放开它</translation>
    </message>
    <message>
        <source>See how machine learning works: play, stop, step, go back in and take apart the algorithms.</source>
        <translation>看懂机器学习怎样运作：播放、停下、单步、倒退，把算法拆开来看。</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>Read {given} as blank</source>
        <translation>把 {given} 读作空白</translation>
    </message>
    <message>
        <source>The first row holds names</source>
        <translation>第一行是列名</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>小数</translation>
    </message>
    <message>
        <source>Blank cells</source>
        <translation>空格子</translation>
    </message>
    <message>
        <source>{found} (found)</source>
        <translation>{found}（识别）</translation>
    </message>
    <message>
        <source>as found</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>bar |</source>
        <translation>竖线 |</translation>
    </message>
    <message>
        <source>blanks</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>point 0.5</source>
        <translation>小数点 0.5</translation>
    </message>
    <message>
        <source>comma 0,5</source>
        <translation>逗号 0,5</translation>
    </message>
    <message>
        <source>leave those rows out</source>
        <translation>略去这些行</translation>
    </message>
    <message>
        <source>stay as gaps</source>
        <translation>作为空格保留</translation>
    </message>
    <message>
        <source>refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>取用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What it shall be</source>
        <translation>用作什么</translation>
    </message>
    <message>
        <source>The first rows as they will be read</source>
        <translation>将按此读入的前几行</translation>
    </message>
    <message>
        <source>The picture as it will be</source>
        <translation>取用后的图片</translation>
    </message>
    <message>
        <source>The beginning of the text</source>
        <translation>文本的开头</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>names of rows</source>
        <translation>行名</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>row numbers</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
    <message>
        <source>As {field}</source>
        <translation>用作“{field}”</translation>
    </message>
    <message>
        <source>As {field}, line by line</source>
        <translation>用作“{field}”，逐行</translation>
    </message>
    <message>
        <source>{field} takes all columns of numbers. A click on a head adds one or leaves it out.</source>
        <translation>“{field}”取用所有数值列。点击列头可加入或去掉一列。</translation>
    </message>
    <message>
        <source>{field} takes one column. A click on a head chooses it.</source>
        <translation>“{field}”取用一列。点击列头来选。</translation>
    </message>
    <message>
        <source>{field} takes {count} columns: {names}. A click on a head chooses one.</source>
        <translation>“{field}”取用 {count} 列：{names}。点击列头来选。</translation>
    </message>
    <message>
        <source>{size} pixels, {kind}</source>
        <translation>{size} 像素，{kind}</translation>
    </message>
    <message>
        <source>The tab makes {size} cells of it.</source>
        <translation>本页把它变成 {size} 格。</translation>
    </message>
    <message>
        <source>{count} characters</source>
        <translation>{count} 个字符</translation>
    </message>
    <message>
        <source>grey, from 0 to 255</source>
        <translation>灰度，0 到 255</translation>
    </message>
    <message>
        <source>three colours, from 0 to 255</source>
        <translation>三种颜色，0 到 255</translation>
    </message>
    <message>
        <source>The first {rows} rows; all are read once they are taken.</source>
        <translation>前 {rows} 行；取用时再读全部。</translation>
    </message>
    <message>
        <source>{rows} rows, one column.</source>
        <translation>{rows} 行，1 列。</translation>
    </message>
    <message>
        <source>{rows} rows, {columns} columns.</source>
        <translation>{rows} 行，{columns} 列。</translation>
    </message>
</context>
<context>
    <name>Imports</name>
    <message>
        <source>Read “{name}” from a file</source>
        <translation>从文件读取“{name}”</translation>
    </message>
    <message>
        <source>A link is no file: save what it leads to, then bring that.</source>
        <translation>链接不是文件：请先把它指向的内容保存下来，再放进来。</translation>
    </message>
    <message>
        <source>There is nothing here that can be taken.</source>
        <translation>这里没有可以取用的内容。</translation>
    </message>
    <message>
        <source>One file at a time: of {count}, {name} is taken.</source>
        <translation>一次一个文件：{count} 个中取用 {name}。</translation>
    </message>
    <message>
        <source>{name} is a folder. Bring a file out of it.</source>
        <translation>{name} 是文件夹。请放入其中的一个文件。</translation>
    </message>
    <message>
        <source>There is nothing in {name}.</source>
        <translation>{name} 里什么也没有。</translation>
    </message>
    <message>
        <source>Nothing in this program can read {name}.</source>
        <translation>本程序无法读取 {name}。</translation>
    </message>
    <message>
        <source>{topic} has no use for {name}. Take it to:</source>
        <translation>“{topic}”用不上 {name}。放到：</translation>
    </message>
    <message>
        <source>Take {name} to:</source>
        <translation>把 {name} 交给：</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>粘贴的内容</translation>
    </message>
    <message>
        <source>{count} columns</source>
        <translation>{count} 列</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Texts (*.txt);;All files (*)</source>
        <translation>文字 (*.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Pictures and arrays (*.png *.jpg *.jpeg *.gif *.webp *.tif *.csv *.npy *.npz *.json);;All files (*)</source>
        <translation>图片和数组 (*.png *.jpg *.jpeg *.gif *.webp *.tif *.csv *.npy *.npz *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Tables and arrays (*.csv *.tsv *.txt *.json *.npy *.npz);;All files (*)</source>
        <translation>表格和数组 (*.csv *.tsv *.txt *.json *.npy *.npz);;所有文件 (*)</translation>
    </message>
    <message>
        <source>{name} was taken.</source>
        <translation>已取用 {name}。</translation>
    </message>
    <message>
        <source>{name}: {rows} rows of {columns} were taken.</source>
        <translation>{name}：已取用 {columns} 的 {rows} 行。</translation>
    </message>
    <message>
        <source>{name}: {rows} rows of {columns} were taken, {left_out} left out.</source>
        <translation>{name}：已取用 {columns} 的 {rows} 行，略去 {left_out} 行。</translation>
    </message>
</context>
<context>
    <name>NavigationBar</name>
    <message>
        <source>{label}, {done} of {total} done</source>
        <translation>{label}，已完成 {done}/{total}</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>not finite</source>
        <translation>非有限</translation>
    </message>
</context>
<context>
    <name>NumbersStrip</name>
    <message>
        <source>This step, in numbers</source>
        <translation>这一步的数字</translation>
    </message>
    <message>
        <source>Show the code that made this step</source>
        <translation>查看完成这一步的代码</translation>
    </message>
    <message>
        <source>pinned ×</source>
        <translation>已固定 ×</translation>
    </message>
    <message>
        <source>Let go (Escape)</source>
        <translation>放开（Esc）</translation>
    </message>
    <message>
        <source>Fewer rows</source>
        <translation>少显示几行</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>step {before} → {step}</source>
        <translation>第 {before} → {step} 步</translation>
    </message>
    <message>
        <source>, before the change</source>
        <translation>，改动之前</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>OpenWork</name>
    <message>
        <source>The open work cannot be kept safe: {reason}</source>
        <translation>无法自动保存打开的内容：{reason}</translation>
    </message>
    <message>
        <source>The program ended before your work was saved. Open it again?</source>
        <translation>程序在保存之前结束了。要重新打开未保存的内容吗？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>{letter} only</source>
        <translation>仅 {letter}</translation>
    </message>
</context>
<context>
    <name>ParamForm</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>{count} characters</source>
        <translation>{count} 个字符</translation>
    </message>
    <message>
        <source>{shape} array</source>
        <translation>{shape} 数组</translation>
    </message>
    <message>
        <source>One’s own</source>
        <translation>自己的</translation>
    </message>
    <message>
        <source>Add an entry after the chosen one</source>
        <translation>在选中项之后添加一项</translation>
    </message>
    <message>
        <source>Remove the chosen entries</source>
        <translation>删除选中的项</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>添加一列</translation>
    </message>
    <message>
        <source>Remove the last column</source>
        <translation>删除最后一列</translation>
    </message>
    <message>
        <source>The same as JSON; Ctrl+Return takes it</source>
        <translation>同样内容的 JSON；按 Ctrl+Return 采用</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Forget all…</source>
        <translation>全部忘记…</translation>
    </message>
    <message>
        <source>A file that could not be read was set aside: {path}</source>
        <translation>有一个无法读取的文件已移到一旁：{path}</translation>
    </message>
    <message>
        <source>predicted rightly on {day}</source>
        <translation>{day} 预测正确</translation>
    </message>
    <message>
        <source>predicted wrongly on {day}</source>
        <translation>{day} 预测错误</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Import progress</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Forget all ticks and answers? This cannot be undone.</source>
        <translation>忘记全部勾选和答案吗？此操作不能撤销。</translation>
    </message>
    <message>
        <source>{path} could not be read or written as progress.</source>
        <translation>{path} 无法作为进度读写。</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>{title} in {letter}</source>
        <translation>{letter} 中的{title}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
</context>
<context>
    <name>SceneCard</name>
    <message>
        <source>Scene {place} of {total}</source>
        <translation>场景 {place} / {total}</translation>
    </message>
    <message>
        <source>Scenes {done} of {total} done</source>
        <translation>场景 {done} / {total} 已完成</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>All scenes and tasks of this topic (S)</source>
        <translation>本主题的全部场景与任务（S）</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>再来一次</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Previous scene</source>
        <translation>上一个场景</translation>
    </message>
    <message>
        <source>Next scene</source>
        <translation>下一个场景</translation>
    </message>
    <message>
        <source>Close the scene</source>
        <translation>关闭场景</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>差距</translation>
    </message>
</context>
<context>
    <name>SceneList</name>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Type to find a scene</source>
        <translation>输入以查找场景</translation>
    </message>
</context>
<context>
    <name>SceneOffers</name>
    <message>
        <source>again = predicted wrongly on an earlier day</source>
        <translation>再来 = 早些时候预测错了</translation>
    </message>
</context>
<context>
    <name>ScrubBar</name>
    <message>
        <source>play pauses here</source>
        <translation>播放到此暂停</translation>
    </message>
    <message>
        <source>{unit} {step}: {text}</source>
        <translation>{unit} {step}：{text}</translation>
    </message>
    <message>
        <source>Position in the run</source>
        <translation>运行中的位置</translation>
    </message>
</context>
<context>
    <name>SeedRow</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed draws the same numbers</source>
        <translation>同一种子抽出同样的数</translation>
    </message>
</context>
<context>
    <name>SourceView</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>复制全文</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>{unit} {step}</source>
        <translation>第 {step} {unit}</translation>
    </message>
    <message>
        <source>0 → {last} in {seconds} s</source>
        <translation>{seconds} 秒播完 0 → {last}</translation>
    </message>
    <message>
        <source>paused itself at {steps}</source>
        <translation>曾在 {steps} 自动暂停</translation>
    </message>
    <message>
        <source>Done, by your own hand.</source>
        <translation>完成了，是你亲手做到的。</translation>
    </message>
    <message>
        <source>Play it · {seconds} s</source>
        <translation>播放 · {seconds} 秒</translation>
    </message>
    <message>
        <source>missing: steps {first}–{last}</source>
        <translation>还缺第 {first}–{last} 步</translation>
    </message>
    <message>
        <source>Drawn: all {count} steps</source>
        <translation>已画出全部 {count} 步</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>You: {answer}</source>
        <translation>你：{answer}</translation>
    </message>
    <message>
        <source>Next: {title}</source>
        <translation>下一个：{title}</translation>
    </message>
    <message>
        <source>That is what happened.</source>
        <translation>正是如此。</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>rises</source>
        <translation>上升次数</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>again</source>
        <translation>再来</translation>
    </message>
    <message>
        <source>Your progress could not be kept: {reason}</source>
        <translation>无法保存你的进度：{reason}</translation>
    </message>
</context>
<context>
    <name>Staging</name>
    <message>
        <source>{name}: none</source>
        <translation>{name}：无</translation>
    </message>
</context>
<context>
    <name>StudyPanel</name>
    <message>
        <source>Compute</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>TopicTab</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>beat {at} of {count}: {name}</source>
        <translation>第 {at} 拍，共 {count} 拍：{name}</translation>
    </message>
    <message>
        <source>for {name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>Step {step} could not be made: {reason}</source>
        <translation>第 {step} 步无法完成：{reason}</translation>
    </message>
    <message>
        <source>The record after step {step} was cut; Undo brings it back.</source>
        <translation>第 {step} 步之后的记录已截去；撤销可以恢复。</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>{n}/frame</source>
        <translation>{n} 步/帧</translation>
    </message>
    <message>
        <source>{n} s/step</source>
        <translation>{n} 秒/步</translation>
    </message>
    <message>
        <source>1 step/s</source>
        <translation>1 步/秒</translation>
    </message>
    <message>
        <source>{n} steps/s</source>
        <translation>{n} 步/秒</translation>
    </message>
</context>
<context>
    <name>Walking</name>
    <message>
        <source>Path “{title}”, {place} of {count}</source>
        <translation>路线“{title}”，第 {place} 站，共 {count} 站</translation>
    </message>
    <message>
        <source>“{title}” is done: to the start page</source>
        <translation>“{title}”已走完：回到开始页</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
</context>
</TS>
