"""What is said about personal data, networks and cryptography, with this installation's settings. Pure.

`privacy` is for citizens, in plain words; `protection` is the page for 网信, 数据 and 密码 offices. Laws are
named by what they ask for and not by article where the numbering has changed. What does not hold is said.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from voting.keeping.rules import RULES, KeepingSettings, period
from voting.rounds import Level

OFFICE: Final = "请与本级人大办公室联系"


class House(Struct, frozen=True, kw_only=True):
    """The installation as its settings have it."""

    congress: str
    level: Level
    address: str
    encrypted: bool
    own_certificate: bool
    database: str
    settings: KeepingSettings

    @property
    def contact(self) -> str:
        """Whom a citizen asks."""
        return self.settings.contact or OFFICE


class Section(Struct, frozen=True, kw_only=True):
    """A heading, paragraphs, and perhaps a table below them."""

    title: str
    words: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def privacy(house: House) -> tuple[Section, ...]:
    """个人信息怎么用: what a citizen or deputy wants to know."""
    kept = house.settings
    return (
        Section(
            title="谁在用",
            words=(
                (
                    f"{house.congress}（网址 {house.address}）。您的个人信息只用来办理民生实事这件事。"
                    f"要查看、复制、更正、删除自己的个人信息，或者有疑问、投诉：{house.contact}。"
                ),
            ),
        ),
        Section(
            title="您提意见时留下什么",
            words=(
                (
                    "标题、内容、村社、照片，和您愿意填的姓名、电话。姓名和电话可以不填，不填也一样受理。"
                    "照片由服务器重新压缩，拍摄地点、时间和手机型号都去掉。"
                ),
                "用途：核实情况、办理、答复您。经您勾选同意才提交；不同意的，可以到联络站、打电话或者写信提。",
                (
                    "谁能看：本级人大和政府办公室的工作人员、承办单位、主席团。公开的只有工作人员看过、放行的标题和内容，"
                    "姓名、电话和投诉举报从不公开。"
                ),
                (
                    f"保存多久：姓名、电话在办结（或者未受理）以后{period('proposers', kept)}自动删除，"
                    f"没有公开的照片{period('photos', kept)}。"
                    f"没有受理的意见和投诉举报，原文{period('untaken', kept)}后删除；"
                    f"受理了但没有公开的，原文在办结以后{period('unpublished', kept)}删除；公开的原文留下。"
                    "办理和答复是工作记录，留下，您凭查询码照样能看到。"
                ),
                "请不要在标题和内容里写别人的姓名、电话、住址和病情：程序认不出来，要等上面的期限到了才整段删除。",
            ),
        ),
        Section(
            title="您对项目留言、打分时留下什么",
            words=(
                (
                    "留言的内容、您愿意写的称呼，和分数；称呼会和放行的留言一起公开。"
                    f"留言人的称呼、没有公开的留言，审核以后{period('opinions', kept)}删除。"
                ),
            ),
        ),
        *_devices_and_rights(kept),
    )


def _devices_and_rights(kept: KeepingSettings) -> tuple[Section, ...]:
    return (
        Section(
            title="浏览器里存什么",
            words=(
                (
                    "一个随机记号，只用来防止程序大量提交，打分时保证一台设备一个分；不能用来认出您是谁，也不跨网站。"
                    "没有统计代码、广告和第三方插件，页面不从别的网站加载任何东西，数据不出境，不用于自动化决策。"
                ),
            ),
        ),
        Section(
            title="不记录什么",
            words=(
                (
                    "不记录您的网络地址，不读取位置、通讯录。代表投票的页面不设 cookie、不登录、不记地址；"
                    "系统里没有任何一张表把投票卡和人连起来，谁投了什么，系统里查不出来。"
                ),
            ),
        ),
        Section(
            title="您到联络站、代表联系您时留下什么",
            words=(
                (
                    f"接待登记的说明{period('receptions', kept)}后删除，日期和人次留下。"
                    f"代表固定联系的群众，姓名和联系内容在结束联系{period('liaisons', kept)}后删除。"
                ),
            ),
        ),
        Section(
            title="代表和工作人员",
            words=(
                (
                    "代表的姓名、代表团是公开身份；电话只给本级工作人员联系用，离任"
                    f"{period('deputy_phones', kept)}后删除，请假事由{period('leaves', kept)}后删除。"
                    f"站内的提醒{period('notices', kept)}后删除，"
                    f"等短信平台取走的短信文件{period('messages', kept)}后删除。"
                    f"账号停用或者不再任职{period('accounts', kept)}后，登录名、账号上的姓名和密码删除；"
                    f"登录记录保存{period('logins', kept)}。"
                    "谁担任过什么、办了哪一步，连同姓名，作为工作记录和操作日志长期保存。"
                ),
            ),
        ),
        Section(
            title="您的权利",
            words=(
                (
                    "您可以查看、复制自己留下的信息，请求更正、补充、删除，请求解释，撤回同意（撤回不影响以前已经办的）。"
                    "凭查询码可以自己查看；要删除姓名和电话，请联系上面的单位，核实是本人后马上删除，不等到期；"
                    "没有受理的、办结了又没有公开的，原文也可以一并删除。"
                ),
                (
                    "删除管不到的：已经公开被别人保存的，已经做好的备份（到期销毁），按档案规定移交的文件。"
                    "认为处理得不对的，可以向当地网信部门投诉。"
                ),
            ),
        ),
    )


def protection(house: House) -> tuple[Section, ...]:
    """网络安全、密码应用和个人信息保护说明."""
    return (
        _what(house),
        _level(house),
        _measures(house),
        _cryptography(house),
        _personal(house),
        _logs(house),
        _incidents(),
        _limits(),
    )


def _what(house: House) -> Section:
    carried = "由本程序直接提供 https" if house.own_certificate else "由前置的反向代理或者国密网关提供 https"
    return Section(
        title="一、系统和部署",
        words=(
            (
                f"票决是{house.congress}办理民生实事项目（征集、票决、交办、评议）的网站。"
                f"网址 {house.address}；"
                f"数据库 {house.database}；"
                f"{carried if house.encrypted else '当前没有启用 https，只能用于演练'}。"
            ),
            (
                "全部功能在本单位自己的服务器或者政务云上运行，不依赖外部服务：没有内容分发、第三方脚本、统计、推送和境外接口，"
                "数据不出境。程序开源（AGPL-3.0），依赖固定版本并带散列值。"
            ),
        ),
    )


def _level(house: House) -> Section:
    advice = (
        "建议第二级：系统受破坏会损害群众和代表的合法权益、对本地社会秩序造成一般损害，不涉及国家安全和国家秘密。"
        if house.level == "town"
        else "建议不低于第二级；部署在第三级的政务云、与其他重要系统互联，或者上级要求的，按第三级。"
    )
    return Section(
        title="二、网络安全等级保护",
        words=(
            advice,
            (
                "定级由运营使用单位按《网络安全等级保护定级指南》（GB/T 22240）提出，报公安机关备案；"
                "本说明不是测评结论，"
                "本程序没有做过等级测评。程序不处理国家秘密，涉密内容不得录入。"
            ),
        ),
    )


def _measures(house: House) -> Section:
    backup = (
        "定时任务每晚加密备份（要按部署说明设好）、写完重读核对；投票当中也可以做；"
        "恢复后自动检查每一轮和操作日志"
    )
    return Section(
        title="三、对照安全要求",
        head=("要求", "本程序做到的", "要由单位来做的"),
        rows=(
            (
                "身份鉴别",
                "密码散列保存，连续输错锁定，工作人员可用一次性验证码或者通行密钥做第二步",
                "要求全员启用第二步；链接当面交给本人",
            ),
            (
                "访问控制",
                "每个身份只看得到自己的；不同人大互相看不到；取得即授权，由测试逐页核对",
                "人员离岗当天停用",
            ),
            (
                "安全审计",
                "每次改动都记操作日志，前后相扣，删改能被发现；主席团可查",
                "定期抄存最新一条的散列值",
            ),
            (
                "通信保密",
                "只接受 https 网址（本机演示除外）；Cookie 限定路径"
                if house.encrypted
                else "现在没有加密传输",
                "证书和网关的管理、到期更换",
            ),
            (
                "入侵防范",
                "严格的内容安全策略，没有外部脚本；上传的图片重新编码，表格在单独进程里读取；错误页不泄露内部信息",
                "操作系统补丁、防火墙、防病毒、抗拒绝服务、漏洞扫描",
            ),
            ("数据完整", "签名、散列链；票箱记录任何人可以核验", "签名密钥文件的保管"),
            ("剩余信息", "到期自动删除，SQLite 删除时覆盖，PostgreSQL 重写表", "旧备份、旧磁盘、快照的销毁"),
            ("备份恢复", backup, "备份私钥离线保管两份，异地存放，每年恢复演练一次"),
            ("机房、制度、人员", "不涉及", "由单位和政务云负责"),
        ),
    )


def _cryptography(house: House) -> Section:
    return Section(
        title="四、密码应用（密评）",
        words=(
            (
                "如实说明：除传输通道可以换用国密网关以外，本程序用的都不是国密算法，也没有经过商用密码产品认证。"
                "要求密评的，这几项应按“不符合”登记并写明理由和替代措施；要求必须全部使用国密算法的单位，不能用它的电子票箱，"
                "可以整轮改用纸质票，其余功能照用。"
            ),
            (
                "为什么不换：表决票用的是公开发表、有证明、有别人写的核验程序的 Belenios 协议；换了算法，"
                "就没有第二家的程序能核对结果，“不必信任本系统”这一条也就没有了。"
            ),
        ),
        head=("用在哪里", "算法", "说明"),
        rows=(
            ("传输", "TLS 1.2、1.3" if house.encrypted else "未加密", "可由国密网关改为 SM2、SM3、SM4"),
            ("表决票加密、证明、签名", "Ed25519 群上的 ElGamal、零知识证明，SHA-256", "Belenios 第 1 版"),
            ("投票卡派生、监票人份额传递", "SHA-256，AES-GCM", "同上，在各人浏览器里计算"),
            ("回执、公布文件签名", "Ed25519，BLAKE2b（minisign）", "签名密钥是服务器上的一个文件，权限 600"),
            ("登录密码、验证码", "Argon2id，HMAC-SHA-1（RFC 6238），WebAuthn", ""),
            ("操作日志、文件核对", "SHA-256", ""),
            ("备份", "X25519，XChaCha20-Poly1305", "服务器只有公钥"),
        ),
    )


def _personal(house: House) -> Section:
    return Section(
        title="五、个人信息保护",
        words=(
            (
                f"处理者：{house.congress}。联系：{house.contact}。告知：公开的“个人信息怎么用”页面和提交前的勾选。"
                "群众的姓名、电话都可以不填。不向第三方提供，不用于自动化决策。保存期限由本单位在系统里设定，到期自动删除并留下记录："
            ),
        ),
        head=("哪一类", "目的和依据", "保存多久"),
        rows=tuple(
            (
                rule.name,
                rule.purpose,
                f"从{rule.since}起{period(kind, house.settings)}",
            )
            for kind, rule in RULES.items()
        ),
    )


def _logs(house: House) -> Section:
    return Section(
        title="六、日志",
        words=(
            (
                "程序日志只记出错的编号和环节，不记地址、姓名、链接和卡号；反向代理的示例配置不记来访地址，"
                "投票页面完全不记访问日志——无记名投票不能让来访时间和地址成为线索。"
                "法律要求网络日志留存不少于六个月的，由网关、防火墙在投票页面以外留存，投票页面的例外请事先向监管部门说明。"
            ),
            f"登录记录保存{period('logins', house.settings)}；操作日志长期保存。",
        ),
    )


def _incidents() -> Section:
    return Section(
        title="七、出了事怎么办",
        words=(
            "投票当中发现异常：执行主席宣布这一轮无效或者改用纸质票，电子票箱不再打开，重新投票；纸质流程和电子流程文书相同。",
            (
                "怀疑被入侵或者个人信息泄露：断开外网、保留磁盘和日志"
                "（运行 piaojue doctor 和 piaojue audit 并保存结果），"
                "在“保存期限”页面暂停删除，按规定时限报告网信、公安部门，需要告知本人的告知本人；"
                "签名密钥可能泄露的，换密钥并公告；从备份恢复到干净的服务器。"
            ),
            "结果是否被改动，不靠服务器自证：用公布的票箱记录和别人写的核验程序重算。",
        ),
    )


def _limits() -> Section:
    return Section(
        title="八、不要指望它做到的",
        words=(
            (
                "没有等级测评、密评和商用密码认证证书，没有第三方安全审计。谁控制了代表的手机、会场平板或者服务器发出的脚本，"
                "谁就能看到或者改动那一张票；够开箱人数的监票人串通，可以打开单张票；能给监票人发链接的人能冒充监票人。"
                "完整的清单见说明书“它不承诺什么”。"
            ),
        ),
    )
