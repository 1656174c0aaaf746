namespace SsaShare.Signing;

/// <summary>Why a partner's keys change.</summary>
public enum KeyAction
{
    /// <summary>No action: refused.</summary>
    None = 0,

    /// <summary>"rotate": new keys take the place of good ones. What the old keys signed before stays as good as it was.</summary>
    Rotate = 1,

    /// <summary>"revoke": somebody else had a key. What is dated since then counts only when a new key signed it.</summary>
    Revoke = 2,

    /// <summary>"restore": no key changes. The node's database was restored from a backup older than what others have seen of its log, which goes on under a new name.</summary>
    Restore = 3,
}
