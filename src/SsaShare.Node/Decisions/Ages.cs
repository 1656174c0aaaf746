using Google.Protobuf.WellKnownTypes;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>Times around a publishing. Total: an originator may claim to have published at any time.</summary>
internal static class Ages
{
    private static readonly Epoch First = At(1972), Last = At(2291);

    /// <summary>Time since publishing; zero where that lies ahead, as a pull has it.</summary>
    public static TimeSpan At(Epoch now, Epoch published) => published >= now ? TimeSpan.Zero : new TimeSpan((long)(((Int128)now.NanosecondsSinceJ2000 - published.NanosecondsSinceJ2000) / 100));

    /// <summary>When a record published then has that age.</summary>
    public static Epoch Due(Epoch published, TimeSpan age) => new((long)Int128.Clamp((Int128)published.NanosecondsSinceJ2000 + ((Int128)age.Ticks * 100), long.MinValue, long.MaxValue));

    /// <summary>For people: within the years in which UTC is defined here.</summary>
    public static Timestamp ToTimestamp(this Epoch epoch) => Timestamp.FromDateTimeOffset(Utc.ToDateTime(epoch < First ? First : epoch > Last ? Last : epoch));

    private static Epoch At(int year) => Utc.FromDateTime(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
