"""Words of which passwords are made too often here, in small letters: Chinese ones as they are typed, the
words of offices, names, and what else stands in many a password. Written down for this product.
"""

from __future__ import annotations

from typing import Final

_LOVE_AND_LUCK: Final = """
woaini aini woaiwo woaiwojia woaijia wojia wode woshi woshishui nihao nishi baobao baobei laopo laogong
laoma laoba mama baba gege jiejie meimei didi erzi nver haizi xiaobao dabao yeye nainai mingtian jintian
kuaile xingfu pingan jiankang facai gongxi haoyun jixiang ruyi shunli wansui jiayou zhongguo china beijing
shanghai guangzhou shenzhen chongqing chengdu hangzhou nanjing wuhan tianjin xian hunan hubei henan hebei
shandong shanxi sichuan guangdong guangxi zhejiang jiangsu jiangxi anhui fujian yunnan guizhou gansu qinghai
hainan liaoning jilin heilongjiang neimenggu xinjiang xizang ningxia taiwan xianggang aomen changsha xiamen
aiwo aiguo zuguo renmin gongheguo tiankong dahai yangguang taiyang yueliang xingxing shijie weilai meili
xiwang mengxiang ziyou qingchun tiantian xiaoxiao dada feifei longlong huhu niuniu mimi mima wodemima denglu
yonghu guanli guanliyuan laoshi xuesheng tongxue pengyou jiushi zhege buzhidao meiyou shenme suibian
"""
_OFFICES: Final = """
renda rendadaibiao daibiao renmindaibiao daibiaodahui changwei changweihui zhuxi zhuxituan zhengfu
zhengfuban dangwei xiangzhen xianwei zhenzhang xianzhang bangongshi bangong gongzuo danwei minsheng shishi
xiangmu piaojue toupiao biaojue jianpiao xuanju huiyi jiguan shuji kezhang zhuren juzhang gongwen xinfang
luntan wangzhan xitong wangluo
"""
_NAMES: Final = """
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang
han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao
zhong fu lv bai cui tan liao fan qin long duan lei hou qian tao shi gu wan xue yan yin shao meng wen kang
mao qiu kong hao min jing hui ling fang ping gang qiang jun jie lei yong yi tao chao ming liang bin bo hua
juan xia mei hong lan ying na xin yun jian guang sheng
"""
_PLAIN: Final = """
password passw pass word admin root user guest test login welcome hello master love iloveyou loveyou you abc
abcd qaz wsx edc asd zxc qwe weixin wechat taobao baidu alibaba tencent huawei xiaomi iphone apple android
weibo douyin zhifubao alipay computer internet system server default changeme letmein secret access office
happy lucky dragon tiger money golden baby
"""

WORDS: Final = frozenset(f"{_LOVE_AND_LUCK} {_OFFICES} {_NAMES} {_PLAIN}".split())
"""Each counts as one piece of a password, however long it is."""
