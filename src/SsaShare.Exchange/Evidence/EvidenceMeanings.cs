using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What the failing of a step means that is not about single entries, and what to do.</summary>
internal static class EvidenceMeanings
{
    /// <summary>The step with its meaning, when it failed and has none yet.</summary>
    public static VerificationStep Explained(this VerificationStep step) => step.Succeeded || step.Meaning is not null ? step : step with { Meaning = Of(step.Name) };

    private static string? Of(string step) => step switch
    {
        "form" => "The file is not what a node writes: it was cut short, edited, or damaged on its way. Ask for the bundle again; what stands after the line named was not looked at.",
        "node card" => "The bundle does not say whose log it is, or its card is not signed by its own key. It is no evidence against anybody.",
        "trusted cards" => "The card that you hold of this partner is not the one in the bundle: it is an impostor's log, or the partner's keys were replaced. Compare cards with the partner by another way.",
        "cards" => "Nobody whom you trust vouches for the keys of these partners, so their signatures prove nothing yet. Get their cards by another way, and give them by --card.",
        "checkpoint" => "The node did not sign for this log with the key on its card. Treat the bundle as made by somebody else.",
        "entry count" or "root" => "The entries are not those that the node signed for: one was changed, added, moved or left out after signing. Rely on none of them; export again, and compare with the checkpoints that peers and witnesses hold.",
        "scope" => "Something was taken out of the log and passed off as nothing. Ask for a bundle of the whole log.",
        _ => null,
    };
}
