"""The cycle of a people's congress's livelihood projects: its rules (pure) and its moments (one transaction).

One word per thing, in code, pages and errors:

    人大                    congress         one body, county or town
    次会议                  session          where deputies vote; several rounds share its cards
    代表 · 全体代表         deputy · all_deputies     the sitting deputies: base of quorum and majority
    实到                    present          fixed anew for each round
    候选项目                candidate        what the deputies vote on
    民生实事项目            project          a candidate that was chosen
    票决（轮）              round            one ballot, from its rules to its announcement
    票决 · 满意度测评       decision · satisfaction   the kinds of round: projects are chosen, or rated
    票决办法 · 测评办法     rules · grading  the settings of a round
    满意 · 基本满意 · 不满意   level · grade    what is offered · what a project comes to
    常委会 · 组成人员       committee · member        whose session it may be: only its members have cards
    应选件数 · 差额         places · surplus
    再次票决 · 另行票决     runoff · supplementary    new rounds, after a tie and after a shortfall
    重新票决 · 再测评       repeat · retest  after a void round · of projects that were put right
    投票卡 · 表决票         card · ballot    the QR credential, and what is cast with it
    回执号                  tracker          by which a deputy finds the own ballot in the record
    发出 · 收回             issued · returned
    有效票 · 无效票         valid · invalid
    赞成 · 反对 · 弃权      for · against · abstain
    入选 · 待定 · 缺额      chosen · tied · vacancy
    票决无效                void             returned > issued, or the chair declares it
    监票人 · 总监票人       scrutineer · chief_scrutineer     hold the key and sign the count
    宣布 · 公布             announce · publish       by the chair in the hall · by the office on the net
    计票结果报告单 · 测评结果报告单 · 公告   tally_report · announcement

A round passes through these states in this order and no other (`voting.cycle`):

    state        现在是        step            leads to     who takes it
    drafted      草拟          adopt           adopted      staff, when the plenary has passed the rules
    adopted      办法已通过    seal            sealed       staff, when cards and keys are there
    sealed       已封存        open            open         staff, with 实到 and 发出
    open         投票中        close           closed       staff, on the chair's word
    closed       已截止        declare_valid   reconciled   chair, after the chief scrutineer's report
    closed       已截止        declare_void    void         chair
    reconciled   已宣布有效    declare_void    void         chair, as long as nothing is counted
    reconciled   已宣布有效    count           counted      scrutineers, by decrypting the sum
    counted      已计票        announce        announced    chair
    announced    已宣布        publish         published    staff, with the 公告's number
    published    已公布
    void         票决无效

Rules are pure: structs and `now` in, structs out, and no import of the store. Moments are named for what
happens (`opening`, `casting`, `closing` …); each reads, decides by the rules and writes in one transaction.
"""
