using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>Body of a log entry of kind "agreement": what an agreement became at this party, with the signatures known then.</summary>
/// <param name="State">Since this entry.</param>
/// <param name="Envelope">DSSE JSON, exact bytes.</param>
public sealed record AgreementChange(AgreementState State, ReadOnlyMemory<byte> Envelope)
{
    /// <summary>Longest body read, bytes: an envelope of the longest agreement in base64.</summary>
    public const int LongestBytes = 4 * 1024 * 1024;

    /// <summary>The words stand in logs for ever: none is renamed or reused.</summary>
    private static readonly FrozenDictionary<string, AgreementState> States = new Dictionary<string, AgreementState>(StringComparer.Ordinal)
    {
        ["draft"] = AgreementState.Draft,
        ["proposed"] = AgreementState.Proposed,
        ["countersigned"] = AgreementState.Countersigned,
        ["active"] = AgreementState.Active,
        ["suspended"] = AgreementState.Suspended,
        ["superseded"] = AgreementState.Superseded,
        ["revoked"] = AgreementState.Revoked,
        ["expired"] = AgreementState.Expired,
    }.ToFrozenDictionary();

    /// <exception cref="ArgumentException">The state is none.</exception>
    public byte[] ToJson()
    {
        string? word = States.FirstOrDefault(pair => pair.Value == State).Key;
        return word is null ? throw new ArgumentException($"{State} is no state of an agreement.") : DocumentJson.Write(new Body(word, Envelope.ToArray()));
    }

    /// <summary>Reads what <see cref="ToJson"/> writes. Total; the envelope is not verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out AgreementChange? change)
    {
        change = DocumentJson.TryReadBody<Body>(json, LongestBytes, out var body) && States.TryGetValue(body.State, out var state)
            ? new AgreementChange(state, body.Envelope)
            : null;
        return change is not null;
    }

    private sealed record Body(string State, byte[] Envelope);
}
