using SsaShare.Domain;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Protocol;

/// <summary>Texts and epochs in conjunction messages and notices.</summary>
internal static class NoticeText
{
    /// <summary>Longest text, characters, and most comments.</summary>
    public const int LongestText = 1_000, CommentsMax = 200;

    private const int LongestWord = 254;

    /// <summary>Texts that may be empty.</summary>
    public static bool AreShort(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
            if (!WireText.IsShort(text, LongestWord)) return false;
        return true;
    }

    /// <summary>Texts that must not be empty.</summary>
    public static bool AreWords(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
            if (text.Length == 0) return false;
        return AreShort(texts);
    }

    public static bool AreComments(IReadOnlyCollection<string> comments) => comments.Count <= CommentsMax && comments.All(comment => AreShort(comment));

    public static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>An epoch that may be absent.</summary>
    /// <returns>False when its time scale is not TAI.</returns>
    public static bool TryRead(V1.Epoch? wire, out Epoch? epoch)
    {
        epoch = null;
        if (wire is null) return true;
        if (!SpaceMapper.TryRead(wire, out var read)) return false;
        epoch = read;
        return true;
    }
}
