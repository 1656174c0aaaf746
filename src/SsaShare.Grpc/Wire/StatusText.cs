using System.Globalization;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Status codes as they travel in <c>grpc-status</c>.</summary>
internal static class StatusText
{
    private static readonly string[] Texts = [.. Enum.GetValues<StatusCode>().Select(code => ((int)code).ToString(CultureInfo.InvariantCulture))];

    public static string Encode(StatusCode code)
        => (uint)code < (uint)Texts.Length ? Texts[(int)code] : ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>Any number is a code, as later versions of the registry may have more; anything else is Unknown.</summary>
    public static StatusCode Decode(string text)
        => text.Length == 1 && text[0] == '0' ? StatusCode.OK
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? (StatusCode)code
            : StatusCode.Unknown;
}
