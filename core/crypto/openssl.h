// What is used of OpenSSL's libcrypto. Private to crypto/.
#pragma once
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "platform/late_library.h"

namespace caseaudit::crypto {

struct OpenSsl : platform::LateLibrary {
    OpenSsl();
    Function<decltype(::OPENSSL_init_crypto)> init{*this, "OPENSSL_init_crypto"};
    Function<decltype(::EVP_sha256)> sha256{*this, "EVP_sha256"};
    Function<decltype(::EVP_MD_CTX_new)> context_new{*this, "EVP_MD_CTX_new"};
    Function<decltype(::EVP_MD_CTX_free)> context_free{*this, "EVP_MD_CTX_free"};
    Function<decltype(::EVP_DigestInit_ex)> digest_init{*this, "EVP_DigestInit_ex"};
    Function<decltype(::EVP_DigestUpdate)> digest_update{*this, "EVP_DigestUpdate"};
    Function<decltype(::EVP_DigestFinal_ex)> digest_final{*this, "EVP_DigestFinal_ex"};
    Function<decltype(::HMAC)> hmac{*this, "HMAC"};
    Function<decltype(::RAND_bytes)> random_bytes{*this, "RAND_bytes"};
    Function<decltype(::EVP_EncodeBlock)> encode_block{*this, "EVP_EncodeBlock"};
};

}  // namespace caseaudit::crypto
