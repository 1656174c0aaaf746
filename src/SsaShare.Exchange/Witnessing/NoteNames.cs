using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>The names under which partners' logs and witnesses sign notes.</summary>
public static class NoteNames
{
    private const string Prefix = "ssashare/", LogSuffix = "/log", WitnessSuffix = "/witness";

    /// <summary>First name of a partner's log key, and the origin line of its checkpoints; see <see cref="LogCut.NextName"/> for what it is after a restore.</summary>
    public static string OfLog(PartnerId partner) => $"{Prefix}{partner.Value}{LogSuffix}";

    /// <summary>Name of the key with which a partner's node cosigns others' checkpoints.</summary>
    public static string OfWitness(PartnerId partner) => $"{Prefix}{partner.Value}{WitnessSuffix}";

    /// <summary>Whose log has this origin; null when it is not a partner's.</summary>
    public static PartnerId? OwnerOfLog(string origin)
    {
        if (Owner(origin, LogSuffix) is { } owner) return owner;
        // After restores from backups the name has a number.
        int slash = origin.LastIndexOf('/');
        return slash > 0 && origin.Length - slash is > 1 and <= 10 && origin[slash + 1] is >= '1' and <= '9' && origin.AsSpan(slash + 1).IndexOfAnyExceptInRange('0', '9') < 0 && origin[(slash + 1)..] != "1" ? Owner(origin[..slash], LogSuffix) : null;
    }

    /// <summary>Which partner's witness has this name; null when it is not a partner's.</summary>
    public static PartnerId? OwnerOfWitness(string name) => Owner(name, WitnessSuffix);

    private static PartnerId? Owner(string name, string suffix)
        => name.Length > Prefix.Length + suffix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal)
            && PartnerId.TryParse(name[Prefix.Length..^suffix.Length], out var partner)
            ? partner
            : null;
}
