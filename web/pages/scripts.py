"""`/scripts`: the hashes of the scripts that this server serves, for a second device that compares them."""

from importlib.metadata import PackageNotFoundError, version

from litestar import Response, get
from litestar.di import NamedDependency

from web.installation import Installation


@get("/scripts", sync_to_thread=True)
def scripts(house: NamedDependency[Installation]) -> Response[str]:
    """Names, hashes, and in words what they prove and what not."""
    return house.templates.page(
        "public/scripts.html",
        scripts=house.assets.scripts(),
        release=_release(),
        signing_key=house.signer.public_hex,
    )


def _release() -> str:
    try:
        return version("piaojue")
    except PackageNotFoundError:
        return "未安装，从源代码运行"
