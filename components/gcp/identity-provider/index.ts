export { GoogleSignIn, type GoogleSignInArgs } from './google-sign-in';
