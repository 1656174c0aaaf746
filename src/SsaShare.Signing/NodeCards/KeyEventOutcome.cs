namespace SsaShare.Signing;

/// <summary>What a key event is to a history.</summary>
public enum KeyEventOutcome
{
    /// <summary>It follows on what is known, or leads to it: the history holds it now.</summary>
    Taken = 1,

    /// <summary>The history holds it already.</summary>
    Known = 2,

    /// <summary>Those between it and what is known are missing.</summary>
    Early = 3,

    /// <summary>The recovery key has signed another change of the same card: neither is believed, and people must look.</summary>
    Conflict = 4,

    /// <summary>It is not of this partner's cards, or says what cannot be.</summary>
    Refused = 5,
}
