using Google.Protobuf.WellKnownTypes;
using SsaShare.Domain;

namespace SsaShare.Protocol;

/// <summary>Times for an operator to read. Total: an originator may claim to have published at any time.</summary>
internal static class OperatorTime
{
    private static readonly Epoch First = At(1972), Last = At(2291);

    /// <summary>The nearest within the years in which UTC is defined here.</summary>
    public static Timestamp ToWire(Epoch epoch) => Timestamp.FromDateTimeOffset(Utc.ToDateTime(epoch < First ? First : epoch > Last ? Last : epoch));

    private static Epoch At(int year) => Utc.FromDateTime(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
