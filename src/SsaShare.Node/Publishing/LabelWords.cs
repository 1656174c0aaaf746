using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>A label as people write it in a query, in settings or beside a file. What is left out is as `ssa publish` has it: PartnersOnly, Real, for whoever an agreement names.</summary>
public sealed record LabelWords
{
    public static readonly string[] Names = ["level", "mode", "releasable_to", "originator_controlled"];

    /// <summary>Public, PartnersOnly or Restricted; case does not count.</summary>
    public string? Level { get; init; }

    /// <summary>Real, Test, Simulated or Exercise; case does not count.</summary>
    public string? Mode { get; init; }

    /// <summary>Partner ids, with commas between them; null for whoever an agreement names.</summary>
    public string? ReleasableTo { get; init; }

    /// <summary>true or false.</summary>
    public string? OriginatorControlled { get; init; }

    /// <param name="label">Null when a word is none.</param>
    /// <param name="fault">Which, and what is expected.</param>
    public bool TryRead([NotNullWhen(true)] out Label? label, [NotNullWhen(false)] out string? fault)
    {
        label = null;
        fault = null;
        if (!TryReadWord(Level, HandlingLevel.PartnersOnly, out var level)) fault = $"level is '{IngestFile.Shown(Level!)}'; expected Public, PartnersOnly or Restricted.";
        else if (!TryReadWord(Mode, DataMode.Real, out var mode)) fault = $"mode is '{IngestFile.Shown(Mode!)}'; expected Real, Test, Simulated or Exercise.";
        else if (!TryReadPartners(ReleasableTo, out var partners)) fault = $"releasable_to is '{IngestFile.Shown(ReleasableTo!)}'; expected partner ids with commas between them.";
        else if (OriginatorControlled is not (null or "true" or "false")) fault = $"originator_controlled is '{IngestFile.Shown(OriginatorControlled)}'; expected true or false.";
        else
        {
            label = new Label(level, mode, partners, OriginatorControlled == "true");
            if (LabelCodec.Seal(label).Bytes.Length <= SealedLabel.LongestBytes) return true;
            (label, fault) = (null, $"the label is {IngestFile.LabelTooLong}");
        }
        return label is not null;
    }

    private static bool TryReadWord<T>(string? word, T otherwise, out T value)
        where T : struct, Enum
    {
        value = otherwise;
        return word is null || (word.All(char.IsAsciiLetter) && Enum.TryParse(word, ignoreCase: true, out value) && Enum.IsDefined(value) && Convert.ToInt32(value, null) != 0);
    }

    private static bool TryReadPartners(string? text, out ImmutableSortedSet<string>? partners)
    {
        partners = null;
        if (text is null) return true;
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        if (!names.All(name => PartnerId.TryParse(name, out _))) return false;
        partners = names.ToImmutableSortedSet(StringComparer.Ordinal);
        return true;
    }
}
