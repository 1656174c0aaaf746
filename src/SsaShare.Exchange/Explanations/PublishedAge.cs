using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Time since publishing. Total: an originator may claim to have published at any time.</summary>
public static class PublishedAge
{
    /// <summary>Zero where publishing lies ahead, as a pull has it.</summary>
    public static TimeSpan At(Epoch now, Epoch published)
        => published >= now ? TimeSpan.Zero : new TimeSpan((long)(((Int128)now.NanosecondsSinceJ2000 - published.NanosecondsSinceJ2000) / 100));

    /// <summary>When what was published then has that age.</summary>
    public static Epoch Reached(Epoch published, TimeSpan age)
        => new((long)Int128.Clamp(published.NanosecondsSinceJ2000 + ((Int128)age.Ticks * 100), long.MinValue, long.MaxValue));
}
