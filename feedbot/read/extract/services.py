"""What services serve in frames: which page shows the same to a reader, and what is no content.

player.vimeo.com/video/12345        https://vimeo.com/12345         Vimeo
tv.example.org/embed/12345          as it is: its address calls it a player
www.facebook.com/plugins/like.php   nothing of an article
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from ...web.urls import parts_of

# Addresses without their scheme, and the pages that a reader can open.
PLAYERS = [
    (re.compile(pattern), page, name)
    for pattern, page, name in (
        (
            r"youtube(?:-nocookie)?\.com/(?:embed|v)/(?!videoseries)([\w-]{5,})",
            "https://www.youtube.com/watch?v={}",
            "YouTube",
        ),
        (
            r"youtube(?:-nocookie)?\.com/embed/videoseries\?.*?list=([\w-]+)",
            "https://www.youtube.com/playlist?list={}",
            "YouTube",
        ),
        (
            r"youtube\.com/watch\?(?:.*&)?v=([\w-]{5,})",
            "https://www.youtube.com/watch?v={}",
            "YouTube",
        ),
        (r"^youtu\.be/([\w-]{5,})", "https://www.youtube.com/watch?v={}", "YouTube"),
        (r"^(?:www\.)?vimeo\.com/(\d+)", "https://vimeo.com/{}", "Vimeo"),
        (r"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{}", "Vimeo"),
        (r"vimeo\.com/moogaloop\.swf\?(?:.*&)?clip_id=(\d+)", "https://vimeo.com/{}", "Vimeo"),
        (
            r"dailymotion\.com/(?:embed/video/|swf/(?:video/)?|player[^?]*\?(?:.*&)?video=)(\w+)",
            "https://www.dailymotion.com/video/{}",
            "Dailymotion",
        ),
        (r"platform\.(?:twitter|x)\.com/embed/.*?[?&]id=(\d+)", "https://x.com/i/status/{}", "X"),
        (
            r"embed\.bsky\.app/embed/(did:[\w:%.-]+)/app\.bsky\.feed\.post/(\w+)",
            "https://bsky.app/profile/{}/post/{}",
            "Bluesky",
        ),
        (r"instagram\.com/(p|reel|tv)/([\w-]+)", "https://www.instagram.com/{}/{}/", "Instagram"),
        (r"facebook\.com/plugins/(?:post|video)\.php\?(?:.*&)?href=([^&]+)", "{}", "Facebook"),
        (
            r"tiktok\.com/(?:embed/(?:v\d/)?|player/v\d/)(\d+)",
            "https://www.tiktok.com/@_/video/{}",
            "TikTok",
        ),
        (
            r"open\.spotify\.com/(?:intl-[\w-]+/)?embed(?:-podcast)?/(\w+)/(\w+)",
            "https://open.spotify.com/{}/{}",
            "Spotify",
        ),
        (r"embed\.spotify\.com/?\?(?:.*&)?uri=(http[^&]+)", "{}", "Spotify"),
        (
            r"spotify\.com/[^?]*\?(?:.*&)?uri=spotify(?::|%3A)(?:user(?::|%3A)[^:&]+?(?::|%3A))?(\w+?)(?::|%3A)(\w+)(?:&|$)",
            "https://open.spotify.com/{}/{}",
            "Spotify",
        ),
        (r"(bandcamp\.com/EmbeddedPlayer/.+)", "https://{}", "Bandcamp"),
        (r"^([\w.:-]+)/videos/embed/([\w-]{8,})", "https://{}/videos/watch/{}", "PeerTube"),
        (r"w\.soundcloud\.com/player/?\?(?:.*&)?url=([^&]+)", "{}", "SoundCloud"),
        (r"datawrapper\.dwcdn\.net/(\w+)", "https://datawrapper.dwcdn.net/{}/", "Datawrapper"),
        (r"embed\.podcasts\.apple\.com/([^?]+)", "https://podcasts.apple.com/{}", "Apple Podcasts"),
        (r"embed\.acast\.com/([\w-]+/[\w-]+)", "https://shows.acast.com/{}", "Acast"),
        (r"^([\w.-]+)/(@[\w.@-]+)/(\d+)/embed", "https://{}/{}/{}", "Mastodon"),
        (r"docs\.google\.com/(?:viewer|gview)\?(?:.*&)?url=([^&]+)", "{}", "Google Docs"),
        (
            r"drive\.google\.com/file/d/([\w-]+)",
            "https://drive.google.com/file/d/{}/view",
            "Google Drive",
        ),
        (
            r"^(docs\.google\.com/(?:presentation|document|spreadsheets)/.+)",
            "https://{}",
            "Google Docs",
        ),
        (
            r"(?:vk\.com|vkvideo\.ru)/video_ext\.php\?(?:.*&)?oid=(-?\d+)&(?:.*&)?id=(\d+)",
            "https://vk.com/video{}_{}",
            "VK",
        ),
        (r"ok\.ru/videoembed/(\d+)", "https://ok.ru/video/{}", "OK"),
        (r"rutube\.ru/play/embed/(\w+)", "https://rutube.ru/video/{}/", "Rutube"),
        (
            r"player\.bilibili\.com/player\.html\?(?:.*&)?bvid=(\w+)",
            "https://www.bilibili.com/video/{}",
            "Bilibili",
        ),
        (
            r"player\.twitch\.tv/\?(?:.*&)?video=v?(\d+)",
            "https://www.twitch.tv/videos/{}",
            "Twitch",
        ),
        (r"player\.twitch\.tv/\?(?:.*&)?channel=(\w+)", "https://www.twitch.tv/{}", "Twitch"),
        (r"gfycat\.com/ifr/(\w+)", "https://gfycat.com/{}", "Gfycat"),
        (r"streamable\.com/[eo]/(\w+)", "https://streamable.com/{}", "Streamable"),
        (r"embed\.ted\.com/talks/([^?]+)", "https://www.ted.com/talks/{}", "TED"),
        (r"archive\.org/embed/([^/?]+)", "https://archive.org/details/{}", "Internet Archive"),
        (r"mixcloud\.com/widget/iframe/\?(?:.*&)?feed=(http[^&]+)", "{}", "Mixcloud"),
        (
            r"mixcloud\.com/widget/iframe/\?(?:.*&)?feed=((?:/|%2F)[^&]+)",
            "https://www.mixcloud.com{}",
            "Mixcloud",
        ),
        (r"widget\.deezer\.com/widget/\w+/(\w+)/(\d+)", "https://www.deezer.com/{}/{}", "Deezer"),
        (r"share\.transistor\.fm/e/(\w+)", "https://share.transistor.fm/s/{}", "Transistor"),
        (r"scribd\.com/embeds/(\d+)", "https://www.scribd.com/document/{}", "Scribd"),
        (
            r"e\.issuu\.com/embed\.html\?(?:.*&)?d=([^&]+)&(?:.*&)?u=([^&]+)",
            "https://issuu.com/{1}/docs/{0}",
            "Issuu",
        ),
        (
            r"calameo\.com/(?:read/|\?(?:.*&)?bkcode=)(\w+)",
            "https://www.calameo.com/read/{}",
            "Calaméo",
        ),
        (
            r"flo\.uri\.sh/((?:visualisation|story)/\d+)",
            "https://public.flourish.studio/{}/",
            "Flourish",
        ),
        (r"^(app\.powerbi\.com/view\?.+)", "https://{}", "Power BI"),
        (r"^(my\.matterport\.com/show/.+)", "https://{}", "Matterport"),
        (r"^(view\.gen(?:ial\.ly|ially\.com)/.+)", "https://{}", "Genially"),
        (r"^(umap\.openstreetmap\.\w+/.+)", "https://{}", "OpenStreetMap"),
        (
            r"^((?:www\.|maps\.)?google\.[\w.]+/maps(?:/embed|/d/embed|\?).*)",
            "https://{}",
            "Google Maps",
        ),
        (r"^((?:www\.)?openstreetmap\.org/export/embed.*)", "https://{}", "OpenStreetMap"),
    )
]
# What embeds no part of an article: advertisements, counters, buttons, forms of other services.
NO_CONTENT = re.compile(
    r"doubleclick\.net|googlesyndication|googletagmanager|adservice|/ads?/|adnxs|taboola|outbrain"
    r"|recaptcha|disqus|facebook\.com/plugins/(?:like|share|page|comments|follow)|addthis|sharethis"
    r"|platform\.twitter\.com/widgets|consent|newsletter|mailchimp|/login|subscribe"
    r"|docs\.google\.com/forms|/viewform\b|typeform\.com|jotform\.com|forms\.office\.com",
    re.IGNORECASE,
)
# An address that is called as those of players are, of a service that is not among these: by its
# host, by a part of its path, by what it asks for.
PLAYER_HOST = re.compile(r"(?:embeds?|players?)\.", re.IGNORECASE)
PLAYER_PATH = re.compile(
    r"(?:^|[/._-])(?:video)?(?:embed(?:s|ded)?|players?)(?:_?code|_\w+|-v\d+)?(?:[/?.-]|$)",
    re.IGNORECASE,
)
PLAYER_QUERY = re.compile(
    r"(?:^|[&:])(?:(?:embed(?:ded)?|iframe)(?:[=&]|$)|(?:mode|output|src|view)=(?:embed|mini)\b)",
    re.IGNORECASE,
)


def opened_as(url: str) -> tuple[str, str] | None:
    """The address that shows a reader what a frame shows, and the name of its service."""
    bare = url.partition("://")[2]
    for pattern, page, name in PLAYERS:
        if found := pattern.search(bare):
            return page.format(*map(unquote, found.groups())), name
    return None


def is_called_player(url: str) -> bool:
    """Whether the address of a frame calls it a player."""
    parts = parts_of(url)
    if PLAYER_HOST.match(parts.netloc) or PLAYER_PATH.search(parts.path):
        return True
    return PLAYER_QUERY.search(parts.query) is not None


def serves_no_content(url: str) -> bool:
    """Whether an address serves what is no part of any article."""
    return NO_CONTENT.search(url) is not None
