using System.Text;
using System.Text.RegularExpressions;

namespace SsaShare.Signing;

/// <summary>What kind of document a signature is for: <c>ssashare/&lt;kind&gt;/v&lt;version&gt;</c>.</summary>
/// <remarks>
/// The label and a newline precede the signed bytes, so that no document passes for one of another kind. A label holds no
/// newline, hence no label with its newline is the beginning of another, and none begins like a DSSE encoding ("DSSEv1 ").
/// </remarks>
public sealed partial record ContextLabel
{
    private readonly byte[] _prefix;

    /// <param name="kind">One or more words of a-z, 0-9 and '-', joined by '/'.</param>
    /// <param name="version">From 1; raised when the signed bytes change their meaning.</param>
    /// <exception cref="ArgumentException">The kind or the version is not of that form.</exception>
    public ContextLabel(string kind, int version)
    {
        if (!KindPattern().IsMatch(kind))
        {
            throw new ArgumentException($"'{kind}' is not a kind: words of a-z, 0-9 and '-', joined by '/'.", nameof(kind));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        Text = $"ssashare/{kind}/v{version}";
        _prefix = Encoding.ASCII.GetBytes(Text + "\n");
    }

    /// <summary>The label without its newline.</summary>
    public string Text { get; }

    /// <summary>The bytes that precede the message: the label and a newline.</summary>
    public ReadOnlySpan<byte> Prefix => _prefix;

    public bool Equals(ContextLabel? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}(/[a-z0-9-]{1,40}){0,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KindPattern();
}
