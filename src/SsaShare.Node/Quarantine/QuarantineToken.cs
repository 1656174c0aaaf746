using System.Globalization;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Where a page of the quarantine ended, as a caller carries it to the next.</summary>
internal static class QuarantineToken
{
    public static string Write(QuarantineEntry last) => string.Create(CultureInfo.InvariantCulture, $"{last.Time.NanosecondsSinceJ2000}.{last.Id}");

    /// <returns>Null when it is none. Total.</returns>
    public static (Epoch Time, Hash256 Id)? TryRead(string token)
        => token.Split('.') is [var time, var id] && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long nanoseconds) && Hash256.TryParseHex(id, out var hash)
            ? (new Epoch(nanoseconds), hash)
            : null;
}
