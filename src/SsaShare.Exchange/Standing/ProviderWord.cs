using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>What a provider's newest signed word says. Only the last of them is nobody's word.</summary>
public enum ProviderWord
{
    /// <summary>Nothing signed was ever received.</summary>
    None = 0,

    /// <summary>Records were given.</summary>
    Given = 1,

    /// <summary>Everything granted was given before, and nothing is withheld.</summary>
    NothingToReport = 2,

    /// <summary>There are records, and they stay.</summary>
    Withheld = 3,

    /// <summary>Nothing this time; more is waiting, for a limit, a delay or a resumption.</summary>
    MoreToCome = 4,

    /// <summary>Nothing was given; a provider of protocol version 1 does not say whether something is withheld.</summary>
    NothingGiven = 5,

    /// <summary>The provider refuses, and signs for it.</summary>
    Denied = 6,

    /// <summary>Nothing signed has come for longer than an answer takes: the provider, or what lies in between, is silent.</summary>
    CutOff = 7,
}

/// <summary>Reads it from what is stored.</summary>
public static class ProviderWords
{
    /// <param name="received">The stream; null when nothing was received in it.</param>
    /// <param name="denial">The provider's newest under the agreement; null when there is none.</param>
    /// <param name="now">This node's clock.</param>
    /// <param name="silence">How long a provider may say nothing: more than the longest wait for an answer.</param>
    /// <returns>The word, and since when: of a denial the date of its first, by the provider's clock; of silence the last signed word's arrival; otherwise when the answer came.</returns>
    public static (ProviderWord Word, Epoch? Since) Of(ReceivedStanding? received, HeldDenial? denial, Epoch now, TimeSpan silence)
    {
        var answer = received?.LastAnswer;
        Epoch? answered = answer is null ? null : received!.AnsweredAt ?? answer.Watermark;
        Epoch? heard = denial is null ? answered : answered is not { } at || denial.HeardAt > at ? denial.HeardAt : at;
        if (heard is not { } last) return (ProviderWord.None, null);
        if (now > PublishedAge.Reached(last, silence)) return (ProviderWord.CutOff, last);
        // In the order in which they came, by one clock: the provider's may be minutes off, and may be set between the two.
        if (denial is not null && (answered is not { } before || denial.HeardAt >= before)) return (ProviderWord.Denied, denial.Since);
        return (Of(answer!), answered);
    }

    /// <summary>What an answer says by itself.</summary>
    public static ProviderWord Of(ManifestDocument answer)
        => answer.ItemCount > 0 ? ProviderWord.Given
            : answer.Withheld > 0 ? ProviderWord.Withheld
            : !answer.Complete ? ProviderWord.MoreToCome
            : answer.Withheld is null ? ProviderWord.NothingGiven
            : ProviderWord.NothingToReport;
}
