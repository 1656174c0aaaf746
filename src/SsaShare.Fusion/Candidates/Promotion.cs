using System.Security.Cryptography;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Tracklets that are one object.</summary>
/// <param name="Id">From the tracklets' contents.</param>
/// <param name="Tracklets">Ascending in time.</param>
/// <param name="Orbit">Through all of them.</param>
public sealed record Promotion(ObjectId Id, IReadOnlyList<OrbitCandidate> Tracklets, OrbitFit Orbit)
{
    internal static Promotion Of(IReadOnlyList<OrbitCandidate> tracklets, OrbitFit orbit)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("ssashare/object-of-tracklets/v1\n"u8);
        foreach (var id in tracklets.Select(t => t.Id).Order()) hash.AppendData(id.ToByteArray(bigEndian: true));
        Span<byte> bytes = hash.GetHashAndReset().AsSpan(0, 16);
        // UUID version 8, RFC 9562.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Promotion(new ObjectId(new Guid(bytes, bigEndian: true)), tracklets, orbit);
    }
}
