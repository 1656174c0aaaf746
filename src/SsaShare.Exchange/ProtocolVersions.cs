namespace SsaShare.Exchange;

/// <summary>
/// Versions of the exchange between nodes. A node speaks its own and those before: each side says in a pull and its answer which it is, and is sent
/// nothing that it cannot read. What is signed names its kind, not this number.
/// </summary>
public static class ProtocolVersions
{
    /// <summary>Says no version. Reads signed documents strictly: a member that it does not know is a refusal.</summary>
    public const uint First = 1;

    /// <summary>From which on a reader knows what a manifest says of withheld records and waiting publications.</summary>
    public const uint Answers = 2;

    /// <summary>This node's. Leaves unknown members of signed documents alone; knows urgent publications and the pulls that bring them, receipts that come a pull later, and asks agreements about every object of a record.</summary>
    public const uint Current = 4;

    /// <summary>From it on a provider answers pulls of urgent publications.</summary>
    public const uint Urgent = 2;

    /// <summary>From it on a provider takes receipts for manifests before the one that the cursor names, so that a reader can ask before it has stored.</summary>
    public const uint EarlierReceipts = 3;

    /// <summary>
    /// From it on a reader knows the objects of a record about several. Before it takes such a record for one about any object, and refuses an answer with one that a
    /// clause about objects released.
    /// </summary>
    public const uint SeveralObjects = 4;

    /// <summary>What a message says: nothing at all is the first.</summary>
    public static uint Of(uint said) => said == 0 ? First : said;
}
