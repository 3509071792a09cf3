"""What the pages themselves refuse: one class for each kind, each with a plain Chinese sentence."""

from typing import Final

REFUSED: Final = "piaojue_refused"
"""Where in a request's scope stands why it was refused: the kind of the answer, and nothing else."""


class WebError(Exception):
    """Root of what the pages themselves refuse; `sentence` is shown as it stands."""

    sentence = "请求没有完成，内容没有变动。请返回后重试。"

    def __init__(self, sentence: str | None = None) -> None:
        if sentence is not None:
            self.sentence = sentence
        super().__init__(self.sentence)


class NoSuchPage(WebError):
    """An address that leads nowhere, or to something the visitor may not know about."""

    sentence = "没有这个页面。请检查网址，或者从您收到的链接重新进入。"


class NotPublished(WebError):
    """A round whose result is not public yet. Also said of rounds that do not exist: nobody learns which."""

    sentence = "尚未公布，或者没有这一轮。结果公布以后可以在这里查看。"


class NotEntered(WebError):
    """Nobody entered in this browser, by a personal link or by log-in, or the cookie is gone."""

    sentence = "没有认出您的身份。请用您收到的个人链接重新进入；有登录名的，请重新登录。"


class WrongRole(WebError):
    """A personal link of another role."""

    sentence = "您的链接不是这个页面的。请用对应身份的个人链接进入。"


class ForeignRequest(WebError):
    """A form that another site made the browser send."""

    sentence = "这个请求不是从本系统的页面发出的，没有执行。请回到本系统的页面重新操作。"


class FormUnreadable(WebError):
    """A body that is no form."""

    sentence = "提交的内容无法读取，没有保存。请返回后重新提交。"


class RequestTooLarge(WebError):
    """A body beyond the route's limit."""

    sentence = "提交的内容太大，没有保存。"


class FormTooLarge(RequestTooLarge):
    """A form with a file that no office needs."""

    sentence = "提交的内容超过 6 MB，没有保存。请选择较小的文件。"


class PhotosTooLarge(RequestTooLarge):
    """A form with more photos than anybody listens to."""

    sentence = "照片太大，没有传完，也没有提交。请按返回键回到表单，减少照片或者选“中等大小”后再提交一次。"


class WrongMethod(WebError):
    """A form sent to a page, or a page asked of a form's address."""

    sentence = "这个网址不能这样打开。请返回上一页，从页面上的按钮操作。"


class RequestInterrupted(WebError):
    """The sender hung up before everything had arrived."""

    sentence = "提交的内容没有传完，没有保存。请检查网络后重试。"
