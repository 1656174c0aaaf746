using System.Diagnostics.CodeAnalysis;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Body of log entries of kind "exchange-paused" and "exchange-resumed": the operator stops the exchange with a peer for a while, in both directions, and goes on with it.</summary>
/// <param name="Peer">With whom.</param>
/// <param name="Agreement">Under which agreement; null for all.</param>
/// <param name="By">Who asked for it.</param>
public sealed record PauseEvent(PartnerId Peer, AgreementId? Agreement, string By)
{
    /// <summary>Longest body read, bytes.</summary>
    private const int LongestBytes = 4 * 1024;

    public byte[] ToJson() => DocumentJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> writes. Total.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out PauseEvent? body) => DocumentJson.TryReadBody(json, LongestBytes, out body);
}
