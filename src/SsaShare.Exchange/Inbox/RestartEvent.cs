using System.Diagnostics.CodeAnalysis;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Body of a log entry of kind "exchange-restarted": this node begins anew with a provider's feed, because the provider's database was restored from a backup and it refuses the cursor.</summary>
/// <param name="Agreement">Under which it pulls.</param>
/// <param name="Provider">From whom.</param>
/// <param name="Manifest">The last manifest of the history that ends here, as the next one would have named it; null when none was stored.</param>
/// <param name="LogSizeMin">How many entries the provider's log had at least, by what it had given. What it shows from now on may be less.</param>
/// <param name="By">Whose decision it was.</param>
/// <param name="Reason">For people.</param>
public sealed record RestartEvent(AgreementId Agreement, PartnerId Provider, Hash256? Manifest, long LogSizeMin, string By, string Reason)
{
    /// <summary>Most characters of each text.</summary>
    public const int TextMax = 500;

    /// <summary>Longest body read, bytes.</summary>
    private const int LongestBytes = 16 * 1024;

    /// <summary>Which priority's stream; each is restarted by an entry of its own.</summary>
    public bool IsUrgent { get; init; }

    public byte[] ToJson() => DocumentJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> writes. Total.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out RestartEvent? body)
    {
        if (DocumentJson.TryReadBody(json, LongestBytes, out body) && body.LogSizeMin >= 0 && body.By.Length <= TextMax && body.Reason.Length <= TextMax) return true;
        body = null;
        return false;
    }
}
