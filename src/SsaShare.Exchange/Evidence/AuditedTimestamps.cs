using System.Security.Cryptography.X509Certificates;
using System.Text;
using SsaShare.Domain;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>RFC 3161 time-stamps over checkpoints of a log.</summary>
/// <param name="roots">Of the authorities that the auditor trusts; without any, time-stamps are counted and not checked.</param>
internal sealed class AuditedTimestamps(X509Certificate2Collection roots)
{
    /// <summary>Those that hold: entries covered, the authority's time, its name.</summary>
    public List<(long Size, Epoch Time, string Authority)> Verified { get; } = [];

    /// <summary>Number of time-stamps for which no root was given.</summary>
    public int Unchecked { get; private set; }

    /// <param name="checkpoint">That was stamped; it holds.</param>
    /// <param name="times">Learns when the authority saw the log.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Take(CosignedCheckpoint checkpoint, EvidencePart.TimeStamp stamp, AuditedTimes times)
    {
        if (!TimestampToken.TryParse(stamp.Token, out var token)) return $"the time-stamp of {checkpoint.Size} entries is not well-formed";
        if (roots.Count == 0)
        {
            Unchecked++;
            return null;
        }
        if (!token.TryVerify(Encoding.UTF8.GetBytes(stamp.Note), roots, out string? authority, out string? fault)) return $"the time-stamp of {checkpoint.Size} entries does not hold: {fault}";
        if (CosignedCheckpoint.ToEpoch(token.Time.ToUnixTimeSeconds()) is not { } time) return $"the time-stamp of {checkpoint.Size} entries says {token.Time:O}";
        Verified.Add((checkpoint.Size, time, authority));
        times.TakeSeen(checkpoint.Size, time, time, $"the time-stamp authority {authority}");
        return null;
    }
}
