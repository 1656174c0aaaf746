using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Where the trace of a finding stands.</summary>
/// <param name="Bundle">Name of the bundle, as the auditor named it.</param>
/// <param name="Entry">Index of the log entry; null when it is about the bundle as a whole.</param>
public sealed record FindingPlace(string Bundle, long? Entry)
{
    public override string ToString() => Entry is { } entry ? $"{Bundle}, entry {entry}" : Bundle;
}

/// <summary>One contradiction.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Where">The entry that proves it.</param>
/// <param name="Record">Which record it is about; null when it is about no single one.</param>
/// <param name="Manifest">SHA-256 of the payload of the manifest that it is about; null when it is about none.</param>
/// <param name="Explanation">What contradicts what.</param>
public sealed record Finding(FindingKind Kind, FindingPlace Where, RecordPlace? Record, Hash256? Manifest, string Explanation)
{
    /// <summary>What that means and what to do about it.</summary>
    public string Meaning => Kind.Meaning();

    public override string ToString() => $"{Kind.Word()} ({Where}): {Explanation}";

    internal static Finding Of(string bundle, BundleFault fault) => new(fault.Meaning, new FindingPlace(bundle, fault.Entry), null, fault.Manifest, fault.Explanation);
}

/// <summary>What is wrong with one bundle by itself.</summary>
/// <param name="Meaning">In which way.</param>
/// <param name="Explanation">What is wrong, with its place.</param>
/// <param name="Entry">Which entry; null when it is the bundle as a whole.</param>
/// <param name="Manifest">Which manifest it is about; null when it is about none.</param>
internal sealed record BundleFault(FindingKind Meaning, string Explanation, long? Entry = null, Hash256? Manifest = null)
{
    public override string ToString() => Explanation;
}
