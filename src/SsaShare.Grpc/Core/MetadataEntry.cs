using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with text, or with bytes when the key ends with <c>-bin</c>.</summary>
    public sealed class Entry
    {
        private static readonly SearchValues<char> KeyCharacters =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <exception cref="ArgumentException">The key is malformed or is that of a binary entry.</exception>
        public Entry(string key, string value)
        {
            Key = Normalize(key);
            if (HasBinarySuffix(Key))
            {
                throw new ArgumentException($"The value of '{Key}' must be bytes, because the key ends with {BinaryHeaderSuffix}.", nameof(key));
            }

            _text = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <exception cref="ArgumentException">The key is malformed or is that of a text entry.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalize(key);
            if (!HasBinarySuffix(Key))
            {
                throw new ArgumentException($"A key with bytes must end with {BinaryHeaderSuffix}, got '{Key}'.", nameof(key));
            }

            ArgumentNullException.ThrowIfNull(valueBytes);
            _bytes = (byte[])valueBytes.Clone();
        }

        /// <summary>Lower case.</summary>
        public string Key { get; }

        /// <exception cref="InvalidOperationException">The entry holds bytes.</exception>
        public string Value => _text ?? throw new InvalidOperationException($"'{Key}' holds bytes.");

        /// <summary>A copy of the bytes, or the ASCII bytes of the text.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : (byte[])_bytes.Clone();

        public bool IsBinary => _bytes is not null;

        internal ReadOnlySpan<byte> BytesAsSpan => _bytes;

        public override string ToString() => IsBinary ? $"[Entry: key={Key}, {_bytes!.Length} bytes]" : $"[Entry: key={Key}, value={_text}]";

        internal static bool HasBinarySuffix(string key) => key.EndsWith(BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

        internal static bool IsValidKey(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExcept(KeyCharacters);

        private static string Normalize(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            if (!IsValidKey(key))
            {
                throw new ArgumentException($"A metadata key has letters, digits, '.', '_' and '-' only, got '{key}'.", nameof(key));
            }

            foreach (char c in key)
            {
                if (char.IsAsciiLetterUpper(c))
                {
                    return key.ToLowerInvariant();
                }
            }

            return key;
        }
    }
}
