"""The request itself is wrong: its address, its parameters, its body."""

from __future__ import annotations

from bridge.errors.base import BridgeError


class BadRequest(BridgeError):
    """The request itself is malformed."""

    status = 400
    code = "bad_request"


class BadParameter(BadRequest):
    """A query or path value is not understood; words: ``name``, ``example``."""

    code = "bad_parameter"


class UnknownColumn(BadParameter):
    """A column no activity has; words: ``column``, ``nearest``, ``known``."""

    code = "unknown_column"


class RepeatedColumn(BadParameter):
    """A column was named twice; words: ``column``."""

    code = "repeated_column"


class UnknownParameter(BadRequest):
    """A query parameter not known here; words: ``name``, ``nearest``, ``known``."""

    code = "unknown_parameter"


class RepeatedParameter(BadRequest):
    """A query parameter was sent twice; words: ``name``."""

    code = "repeated_parameter"


class ParametersClash(BadRequest):
    """Two query parameters that contradict each other; words: ``name``, ``other``."""

    code = "parameters_clash"


class BadRange(BadRequest):
    """Newest is before oldest."""

    code = "bad_range"


class RangeTooLong(BadRange):
    """More days than this route looks at; words: ``days``."""

    code = "range_too_long"


class BadIdempotencyKey(BadRequest):
    """The Idempotency-Key is empty, too long or not printable ASCII."""

    code = "bad_idempotency_key"


class BadBody(BadRequest):
    """The body is not what its type says, or too deep or odd to read."""

    code = "bad_body"


class BodyTooLarge(BridgeError):
    """The body is larger than this route takes."""

    status = 413
    code = "body_too_large"


class UnsupportedBody(BridgeError):
    """The Content-Type is none of those this route reads."""

    status = 415
    code = "unsupported_body"


class UnknownFile(UnsupportedBody):
    """The file is neither FIT, TCX nor GPX, by its own first bytes."""

    code = "unknown_file"


class WrongMethod(BridgeError):
    """The address exists, the method does not; words: ``allowed``."""

    status = 405
    code = "wrong_method"


class SecretField(BridgeError):
    """The body would write a credential; words: ``name``."""

    status = 422
    code = "secret_field"


class NotFlat(BridgeError):
    """The address answers with a file, which has no values to flatten."""

    status = 422
    code = "not_flat"
